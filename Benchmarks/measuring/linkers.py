"""Peers of entity resolution, splink and recordlinkage, without labels as their documentation shows it; installed into the benchmark's cache.

Each runs as a process of its own, so that its time and memory are measured as ours are: `linker` in PROGRAMS reads a table and writes
record,customer.
"""
import sys

from .machine import Missing
from .peers import CACHE, command

PACKAGES = ["splink==5.0.0", "recordlinkage==0.16"]

# Splink's tutorial for such a table: u by sampling, m by EM over two blockings, and the cut its users take without labels.
SPLINK = """
import sys, pandas, warnings
warnings.filterwarnings("ignore")
import splink, splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
source, target, kind = sys.argv[1:4]
table = pandas.read_csv(source, dtype=str, skipinitialspace=True)
table = table.drop(columns=[c for c in table.columns if c == "cluster"])
key = table.columns[0]
if kind == "febrl":
    comparisons = [cl.NameComparison("given_name"), cl.NameComparison("surname"), cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
                   cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]), cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
                   cl.ExactMatch("postcode").configure(term_frequency_adjustments=True)]
    rules = [block_on("given_name", "surname"), block_on("soc_sec_id"), block_on("postcode", "date_of_birth"), block_on("date_of_birth", "surname"),
             block_on("given_name", "date_of_birth")]
    learn = [block_on("date_of_birth"), block_on("postcode")]
    sure = [block_on("soc_sec_id")]
else:
    comparisons = [cl.ForenameSurnameComparison("first_name", "surname"), cl.DateOfBirthComparison("dob", input_is_string=True),
                   cl.ExactMatch("city").configure(term_frequency_adjustments=True), cl.EmailComparison("email")]
    rules = [block_on("first_name", "city"), block_on("surname"), block_on("dob"), block_on("email")]
    learn = [block_on("first_name", "surname"), block_on("dob")]
    sure = [block_on("first_name", "surname", "dob"), block_on("email")]
    table["first_name_surname_concat"] = table["first_name"] + " " + table["surname"]
settings = SettingsCreator(link_type="dedupe_only", unique_id_column_name=key, comparisons=comparisons, blocking_rules_to_generate_predictions=rules)
linker = Linker(table, settings, db_api=DuckDBAPI()) if int(splink.__version__.split(".")[0]) < 5 else Linker(DuckDBAPI().register(table), settings)
linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
for rule in learn: linker.training.estimate_parameters_using_expectation_maximisation(rule)
pairs = linker.inference.predict(threshold_match_probability=0.01)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, 0.95).as_pandas_dataframe()
clusters[[key, "cluster_id"]].to_csv(target, index=False, header=["record", "customer"])
"""

# The ECM classifier of recordlinkage (Fellegi-Sunter without labels, cut at one half), closed over chains.
RECORDLINKAGE = """
import sys, pandas, warnings
warnings.filterwarnings("ignore")
import recordlinkage
source, target, kind = sys.argv[1:4]
table = pandas.read_csv(source, dtype=str, skipinitialspace=True)
key = table.columns[0]
table = table.set_index(key)
index = recordlinkage.Index()
if kind == "febrl":
    blocks = ["given_name", "surname", "date_of_birth", "soc_sec_id", "postcode"]
    text, exact = ["given_name", "surname", "address_1", "suburb"], ["date_of_birth", "soc_sec_id", "street_number", "postcode", "state"]
else:
    blocks = ["first_name", "surname", "dob", "email"]
    text, exact = ["first_name", "surname", "email"], ["dob", "city"]
for field in blocks: index.block(field)
pairs = index.index(table)
compare = recordlinkage.Compare()
for field in text: compare.string(field, field, method="jarowinkler", threshold=0.85)
for field in exact: compare.exact(field, field)
features = compare.compute(pairs, table)
matches = recordlinkage.ECMClassifier(binarize=0.5).fit_predict(features)
root = {r: r for r in table.index}
def find(r):
    while root[r] != r: root[r] = r = root[root[r]]
    return r
for a, b in matches: root[find(a)] = find(b)
pandas.DataFrame([(r, find(r)) for r in table.index]).to_csv(target, index=False, header=["record", "customer"])
"""
PROGRAMS = {"splink, p ≥ .95": SPLINK, "recordlinkage, ECM": RECORDLINKAGE}


def python():
    """The interpreter that has the peers; `Missing` when they can't be installed."""
    folder = CACHE / "identity"
    program = folder / "bin/python"
    if not command(program, "-c", "import splink, recordlinkage")[0]:
        for parts in [[sys.executable, "-m", "venv", folder], [program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]]:
            worked, told = command(*parts)
            if not worked:
                raise Missing(f"splink and recordlinkage can't be installed: {told}")
    return program
