using PnnEdge.Interchange.PyTorch;

namespace PnnEdge.Interchange.Tests.PyTorch;

public sealed class StateDictTests : IDisposable
{
    private static readonly float[] Six = [1, 2, 3, 4, 5, 6];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("types", 15)]
    [InlineData("checkpoint", 4)]
    [InlineData("parameters", 2)]
    [InlineData("protocol4", 1)]
    public void What_PyTorch_saves_is_read_bit_for_bit(string kind, int tensors)
    {
        string path = _folder.File("theirs.pt");
        string[] lines = PythonScript.Run("write_state_dict.py", kind, path);
        TensorSet read = TensorFile.Load(path);
        Assert.Equal(tensors, lines.Length);
        Assert.Equal(lines.Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal), read.Names);
        foreach (string[] expected in lines.Select(line => line.Split(' ')))
        {
            Tensor tensor = read.All[expected[0]];
            Assert.Equal(expected[2], tensor.Shape.Count == 0 ? "scalar" : string.Join('x', tensor.Shape));
            Assert.Equal(expected.Length > 3 ? expected[3] : "", Convert.ToHexStringLower(tensor.Bytes.Span));
            Assert.Equal(TypeOf(expected[1]), tensor.Type);
        }
    }

    [Fact]
    public void A_whole_module_is_refused_by_the_name_of_its_class()
    {
        string path = _folder.File("module.pt");
        PythonScript.Run("write_state_dict.py", "module", path);
        Assert.Equal(
            $"{path} is not a readable PyTorch file: it names torch.nn.modules.linear.Linear, which a state_dict of tensors does not need and which is not run here; save model.state_dict() alone.",
            Assert.Throws<InvalidDataException>(() => TensorFile.Load(path)).Message);
    }

    [Fact]
    public void The_format_before_1_6_is_refused_by_name()
    {
        string path = _folder.File("legacy.pt");
        PythonScript.Run("write_state_dict.py", "legacy", path);
        Assert.Equal($"{path} is in PyTorch's format before 1.6, which is not read here; load it there and save it anew.", Assert.Throws<InvalidDataException>(() => TensorFile.Load(path)).Message);
    }

    [Fact]
    public void A_file_put_together_by_hand_is_read_whether_PyTorch_is_there_or_not()
    {
        TensorSet read = StateDictFile.Read(HandmadePickle.Of(6, 0, [2, 3], [3, 1]).InZip(Six, "little"), "hand");
        Assert.Equal(Six, read.Floats("w", 2, 3));
        Assert.Equal([1, 4, 2, 5, 3, 6], StateDictFile.Read(HandmadePickle.Of(6, 0, [3, 2], [1, 3]).InZip(Six), "hand").Floats("w", 3, 2));
        Assert.Equal([3, 5], StateDictFile.Read(HandmadePickle.Of(6, 2, [2], [2]).InZip(Six), "hand").Floats("w", 2));
    }

    [Theory]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("subprocess", "Popen")]
    [InlineData("torch", "load")]
    [InlineData("collections", "defaultdict")]
    public void A_pickle_that_would_call_anything_else_is_refused_before_it_is_called(string module, string name)
    {
        byte[] file = new HandmadePickle().Global(module, name).Ascii("(").Text("touch " + _folder.File("pwned")).Ascii("tR.").InZip(Six);
        Assert.Equal(
            $"evil.pt is not a readable PyTorch file: it names {module}.{name}, which a state_dict of tensors does not need and which is not run here; save model.state_dict() alone.",
            Assert.Throws<InvalidDataException>(() => StateDictFile.Read(file, "evil.pt")).Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData(6, 0, new[] { 7 }, new[] { 1 }, "[7] does not lie inside its storage of 6")]
    [InlineData(6, 5, new[] { 2 }, new[] { 1 }, "[2] does not lie inside its storage of 6")]
    [InlineData(6, -1, new[] { 2 }, new[] { 1 }, "does not lie inside")]
    [InlineData(6, 0, new[] { 2, 3 }, new[] { 4, 1 }, "does not lie inside")]
    [InlineData(6, 0, new[] { 2 }, new[] { -1 }, "does not lie inside")]
    [InlineData(6, 0, new[] { 1_000_000_000 }, new[] { 0 }, "does not lie inside")]
    [InlineData(6, 0, new[] { 65536, 65536, 2 }, new[] { 0, 0, 0 }, "does not lie inside")]
    [InlineData(6, 0, new[] { 2, 3 }, new[] { 1 }, "does not lie inside")]
    [InlineData(6, 0, new[] { -2 }, new[] { 1 }, "has an axis of -2")]
    [InlineData(7, 0, new[] { 6 }, new[] { 1 }, "has 24 bytes for 7 elements of F32")]
    public void A_tensor_that_is_no_part_of_its_storage_is_refused(int held, int offset, int[] size, int[] stride, string part) =>
        Refused(HandmadePickle.Of(held, offset, size, stride).InZip(Six), part);

    [Fact]
    public void Views_that_would_unfold_to_far_more_than_the_file_are_refused()
    {
        float[] storage = new float[4096];
        HandmadePickle many = new HandmadePickle().Ascii("}(");
        for (int i = 0; i < 500; i++) { many.Text($"w{i}").Tensor(4096, 0, [64, 64], [1, 64]); }
        Refused(many.Ascii("u.").InZip(storage), "overlap so often that they take more than the file itself");
    }

    [Fact]
    public void What_is_no_state_dict_is_refused()
    {
        Refused(new HandmadePickle().Number(3).Ascii(".").InZip(Six), "it holds no dict of tensors");
        Refused(HandmadePickle.Of(6, 0, [6], [1]).InZip(Six, "big"), "not little-endian");
        Refused(new HandmadePickle().Ascii("}(").Bytes(0x88).Number(1).Ascii("u.").InZip(Six), "keys other than text and whole numbers");
        Refused(new HandmadePickle().Ascii("t.").InZip(Six), "closes what it has not opened");
        Refused(new HandmadePickle().Ascii("(0").InZip(Six), "instruction 0x30");
        Refused(new HandmadePickle().Ascii("}(").InZip(Six), "its pickle ends");
        Refused(new HandmadePickle().Ascii("(R").InZip(Six), "empty stack");
        Refused("PK not a zip"u8.ToArray(), "");
    }

    [Fact]
    public void Thousands_of_damaged_files_are_refused_in_a_sentence_or_read_and_nothing_else_happens()
    {
        byte[] good = HandmadePickle.Of(6, 0, [2, 3], [3, 1]).InZip(Six, "little");
        int refused = 0;
        foreach (byte[] bad in Damage.Of(good, 4000, seed: 2).Concat(DamagedPickles()))
        {
            try
            {
                StateDictFile.Read(bad, "bad");
            }
            catch (InvalidDataException sentence)
            {
                Assert.StartsWith("bad is not a readable PyTorch file: ", sentence.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        // Time stamps, and names of a device or of the tensor, are as good with any other letter.
        Assert.InRange(refused, 4000, 7999);
    }

    // Damage that the zip's checksum does not see.
    private static IEnumerable<byte[]> DamagedPickles()
    {
        byte[] pickle = HandmadePickle.Of(6, 0, [2, 3], [3, 1]).ToArray();
        return Damage.Of(pickle, 4000, seed: 3).Select(bad => HandmadePickle.Zip(bad, Six));
    }

    private static void Refused(byte[] file, string part)
    {
        string sentence = Assert.Throws<InvalidDataException>(() => StateDictFile.Read(file, "bad.pt")).Message;
        Assert.StartsWith("bad.pt is not a readable PyTorch file: ", sentence, StringComparison.Ordinal);
        Assert.Contains(part, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
    }

    private static ElementType TypeOf(string torch) => torch switch
    {
        "torch.float32" => ElementType.F32,
        "torch.float64" => ElementType.F64,
        "torch.float16" => ElementType.F16,
        "torch.bfloat16" => ElementType.BF16,
        "torch.int64" => ElementType.I64,
        "torch.int32" => ElementType.I32,
        "torch.int16" => ElementType.I16,
        "torch.int8" => ElementType.I8,
        "torch.uint8" => ElementType.U8,
        _ => throw new ArgumentException(torch),
    };
}
