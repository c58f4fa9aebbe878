"""Where the store is and how the product runs here: read from the environment, never a policy number."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of one installation, from variables named `OFFENDERMGMT_…`."""

    model_config = SettingsConfigDict(env_prefix="OFFENDERMGMT_")

    database_url: str = f"sqlite:///{Path('var') / 'offendermgmt.db'}"
    force_ref: str = "FEN"
    # Set by `offendermgmt demo` alone: it opens the switch of roles, so it must never stand beside real records.
    demo: bool = False
    # The largest file of an extract that is read, in MiB: a larger one is taken for a mistake.
    largest_file: int = 512
