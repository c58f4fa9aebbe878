"""A board's month on its page: the summary, each question with its measures, and what stands beside them."""
