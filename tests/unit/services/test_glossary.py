"""The glossary has every definition of the product."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from offendermgmt import services
from offendermgmt.services.assessment_definitions import Concern, definitions
from offendermgmt.services.figures import Definition
from offendermgmt.services.glossary import glossary
from offendermgmt.services.policies import shipped_policy

POLICY = shipped_policy().assessments


def written_in_services() -> Iterator[Definition]:
    for module in iter_modules(services.__path__, f"{services.__name__}."):
        for value in vars(import_module(module.name)).values():
            held = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
            yield from (each for each in held if isinstance(each, Definition))


def test_every_definition_of_a_services_module_is_in_the_glossary() -> None:
    listed = {each for group in glossary(POLICY).values() for each in group}
    written = set(written_in_services())
    assert written
    assert [each.title for each in written - listed] == []


def test_every_concern_about_assessments_is_in_the_glossary_with_the_policys_limits() -> None:
    assert set(glossary(POLICY)["assessments"]) == set(definitions(POLICY).values())
    assert len(glossary(POLICY)["assessments"]) == len(Concern)


def test_no_definition_is_given_twice() -> None:
    titles = [each.title for group in glossary(POLICY).values() for each in group]
    assert len(titles) == len(set(titles))
