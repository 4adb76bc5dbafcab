using System.Text;
using PnnEdge.Interchange.SafeTensors;

namespace PnnEdge.Interchange.Tests.SafeTensors;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_has_exactly_the_bytes_that_the_format_specifies()
    {
        var tensors = new TensorSet("ours");
        tensors.Add("b", Tensor.Of([1f, -2], 1, 2));
        tensors.Add("a", Tensor.Of(ElementType.F64, [0.5], []));

        // By hand: F64 before F32 (alignment), the JSON padded with spaces to 8 bytes, little-endian data.
        const string Header = """{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]}}""";
        byte[] expected = [112, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(Header.PadRight(112)), 0, 0, 0, 0, 0, 0, 0xe0, 0x3f, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0];
        Assert.Equal(expected, SafeTensorsFile.Write(tensors));
    }

    [Fact]
    public void What_is_written_is_read_back_with_names_shapes_values_and_notes()
    {
        TensorSet read = SafeTensorsFile.Read(SafeTensorsFile.Write(Example()), "ours");
        Assert.Equal(Example().Names, read.Names);
        Assert.Equal(Example().Notes, read.Notes);
        foreach ((string name, Tensor tensor) in Example().All)
        {
            Assert.Equal(tensor.Type, read.All[name].Type);
            Assert.Equal(tensor.Shape, read.All[name].Shape);
            Assert.Equal(tensor.Bytes.ToArray(), read.All[name].Bytes.ToArray());
        }
    }

    [Fact]
    public void Json_and_numpy_alone_read_what_we_write()
    {
        SafeTensorsFile.Save(_folder.File("ours.safetensors"), Example());
        string[] lines = PythonScript.Run("read_safetensors.py", _folder.File("ours.safetensors"));
        Assert.Equal(
            [
                "note unit V, ein Strich: \u2013",
                "index I64 2 0x1.0000000000000p+0 0x1.0000000000000p+24",
                "doubles F64 1 0x1.921fb54442d18p+1",
                "floats F32 2x3 0x1.8000000000000p+0 -0x1.0000000000000p+1 0x1.99999a0000000p-4 0x0.0p+0 -0x0.0p+0 0x1.0000000000000p-149",
                "whole I32 2 -0x1.8000000000000p+1 0x1.0000000000000p+2",
            ],
            lines.Where(line => !line.StartsWith("empty", StringComparison.Ordinal)));
        Assert.Contains("empty F32 0x4", lines);
    }

    [Fact]
    public void We_read_every_type_that_json_and_numpy_alone_write()
    {
        string path = _folder.File("theirs.safetensors");
        PythonScript.Run("write_safetensors.py", path);
        TensorSet read = SafeTensorsFile.Load(path);
        Assert.Equal("json and numpy", read.Notes["who"]);
        Assert.Equal(8, read.Names.Count);
        foreach (string name in read.Names)
        {
            // All three are exact in every one of these types.
            Assert.Equal(name.Contains('F', StringComparison.Ordinal) ? [1.5f, -2, 0.15625f] : [1, -2, 0], read.Floats(name, 3, 1));
        }
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "1 bytes after the last tensor belong to none")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "it should begin at 0")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "y lies at 8 to 12 of 12 bytes; it should begin at 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "it should begin at 8")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "[3] in F32 does not take 8 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "lies at 0 to 8 of 4 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[65536,65536,65536,65536,0,65536],"data_offsets":[0,4]}}""", 4, "does not take 4 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[65536,65536,65536],"data_offsets":[0,0]}}""", 0, "does not take 0 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole numbers from 0 on")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "whole numbers from 0 on")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "JSON")]
    [InlineData("""{"x":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4, "elements of F33; read here are BOOL, U8")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""", 4, "not described by dtype, shape and data_offsets")]
    [InlineData("""{"__metadata__":{"n":1}}""", 0, "only text is allowed")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__ is no object")]
    [InlineData(""" {}""", 0, "does not begin with '{'")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "JSON")]
    [InlineData("""{}{}""", 0, "JSON")]
    public void A_header_that_breaks_a_rule_is_refused_with_the_rule(string header, int dataBytes, string part)
    {
        byte[] file = [.. BitConverter.GetBytes((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]];
        string sentence = Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Read(file, "bad.safetensors")).Message;
        Assert.StartsWith("bad.safetensors is not a readable safetensors file: ", sentence, StringComparison.Ordinal);
        Assert.Contains(part, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
    }

    [Theory]
    [InlineData(100_000_001, "100000000 are allowed")]
    [InlineData(ulong.MaxValue, "100000000 are allowed")]
    [InlineData(3, "claims 3 bytes and 2 follow")]
    public void A_header_length_beyond_the_limit_or_the_file_is_refused(ulong claimed, string part) => Assert.Contains(
        part, Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Read((byte[])[.. BitConverter.GetBytes(claimed), .. "{}"u8], "bad")).Message, StringComparison.Ordinal);

    [Fact]
    public void Thousands_of_damaged_files_are_refused_in_a_sentence_or_read_and_nothing_else_happens()
    {
        byte[] good = SafeTensorsFile.Write(Example());
        int refused = 0;
        foreach (byte[] bad in Damage.Of(good, 6000, seed: 1))
        {
            try
            {
                TensorSet read = SafeTensorsFile.Read(bad, "bad");
                Assert.True(read.All.Values.Sum(tensor => tensor.Bytes.Length) <= bad.Length);
            }
            catch (InvalidDataException sentence)
            {
                Assert.StartsWith("bad is not a readable safetensors file: ", sentence.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        // A sixth of the file is data and part of the rest is names, where any byte is as good as another.
        Assert.InRange(refused, 3000, 5999);
    }

    [Fact]
    public void A_whole_number_without_a_float_of_its_own_is_refused()
    {
        var tensors = new TensorSet("index");
        tensors.Add("n", Tensor.Of(ElementType.I64, [(1L << 24) + 1]));
        Assert.Equal("index: n cannot be taken: the whole number 16777217 has no float of its own; ±16777216 have.", Assert.Throws<InvalidDataException>(() => tensors.Floats("n", 1)).Message);
    }

    [Fact]
    public void A_shape_or_name_that_is_not_there_is_answered_with_what_is()
    {
        Assert.Equal("ours: floats has the shape [2, 3]; [3, 2] is needed.", Assert.Throws<InvalidDataException>(() => Example().Floats("floats", 3, 2)).Message);
        Assert.Equal("ours has no tensor weight; it has doubles, empty, floats, index, whole.", Assert.Throws<InvalidDataException>(() => Example().Floats("weight", 1)).Message);
    }

    private static TensorSet Example()
    {
        var tensors = new TensorSet("ours");
        tensors.Add("floats", Tensor.Of([1.5f, -2, 0.1f, 0, -0f, float.Epsilon], 2, 3));
        tensors.Add("doubles", Tensor.Of(ElementType.F64, [Math.PI]));
        tensors.Add("whole", Tensor.Of(ElementType.I32, [-3, 4]));
        tensors.Add("index", Tensor.Of(ElementType.I64, [1L, 1L << 24]));
        tensors.Add("empty", Tensor.Of(Array.Empty<float>(), 0, 4));
        tensors.Notes["unit"] = "V, ein Strich: \u2013";
        return tensors;
    }
}
