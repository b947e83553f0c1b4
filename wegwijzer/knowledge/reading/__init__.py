"""From YAML files to records, with every fault told in the words of whoever edits them by hand."""
