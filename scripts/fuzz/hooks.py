"""What schemathesis needs to know of our API: how our scalars look, and what an answer must never be.

The ids of things that are there come as JSON by the variable FUZZ_IDS.
"""

import base64
import json
import os
import struct

import graphql
import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

IDS = json.loads(os.environ["FUZZ_IDS"])
EXPECTED = {
    "BAD_USER_INPUT",
    "BAD_REQUEST",
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "OPERATION_RESOLUTION_FAILURE",
    "LIMIT_EXCEEDED",
    "UNAUTHENTICATED",
    "FORBIDDEN",
    "NOT_FOUND",
}
# What only somebody inside should ever read.
INTERNALS = ["prisma", "postgres", "node_modules", "/src/", ".ts:", "syntax error at", "ECONN", "at Object.", "SELECT "]


def text(strategy):
    return strategy.map(nodes.String)


def column(code, numbers):
    """A column as base64 or as a list."""
    packed = st.lists(numbers, max_size=8).map(
        lambda values: base64.b64encode(struct.pack(f"<{len(values)}{code}", *values)).decode()
    )
    return text(packed) | st.lists(numbers, max_size=8).map(
        lambda values: nodes.List([nodes.Float(v) if isinstance(v, float) else nodes.Int(v) for v in values])
    )


floats = st.floats(width=32, allow_nan=False, allow_infinity=False)
small = st.integers(0, 20)
json_values = st.recursive(
    st.booleans().map(nodes.Boolean) | st.integers(-5, 5).map(nodes.Int) | text(st.text(max_size=20)),
    lambda inner: st.lists(inner, max_size=3).map(nodes.List),
    max_leaves=5,
)
json_objects = st.dictionaries(st.sampled_from(["lr", "a", "b", "key"]), json_values, max_size=3).map(
    lambda fields: nodes.Object(
        [graphql.ObjectFieldNode(name=graphql.NameNode(value=k), value=v) for k, v in fields.items()]
    )
)

# The schema that is generated from calls its ids so: see scripts/fuzz.ts.
schemathesis.graphql.scalar(
    "GlobalId",
    text(
        st.sampled_from(IDS)
        | st.sampled_from(["Run_0", "Run_999999", "Run_99999999999999999999", "Sample_1", "", "x"])
        | st.text(max_size=30)
    ),
)
schemathesis.graphql.scalar("BigInt", text(st.integers(-(2**63), 2**63 - 1).map(str) | st.text(max_size=5)))
schemathesis.graphql.scalar("DateTime", text(st.datetimes().map(lambda d: d.isoformat() + "Z") | st.text(max_size=5)))
schemathesis.graphql.scalar("JSON", json_values | json_objects)
schemathesis.graphql.scalar("IntColumn", column("i", small))
schemathesis.graphql.scalar("LongColumn", column("q", small))
schemathesis.graphql.scalar("FloatColumn", column("d", floats))
schemathesis.graphql.scalar("Float32Column", column("f", floats))


@schemathesis.check
def answers_as_promised(context, response, case):
    """No 5xx, no error that nobody expected, nothing of the inside shown."""
    assert response.status_code < 500, f"status {response.status_code}"
    body = response.json()
    for error in body.get("errors") or []:
        code = (error.get("extensions") or {}).get("code")
        assert code in EXPECTED, f"code {code}: {error['message']}"
        # What was sent may be quoted, and these words are among what is sent: they stand in this file.
        shown = [word for word in INTERNALS if word in error["message"] and word not in str(case.body)]
        assert not shown, f"shows {shown}: {error['message']}"
