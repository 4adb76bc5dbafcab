"""Holds a model against the ONNX project's own checker, shape inference included, and prints its inputs and outputs."""
import sys

from needs import module

onnx = module("onnx", "python3-onnx")
model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
for kind, values in (("in", model.graph.input), ("out", model.graph.output)):
    for value in values:
        shape = [d.dim_param or str(d.dim_value) for d in value.type.tensor_type.shape.dim]
        print(kind, value.name, "x".join(shape), value.doc_string)
print("opset", model.opset_import[0].version, "ir", model.ir_version, "producer", model.producer_name)
