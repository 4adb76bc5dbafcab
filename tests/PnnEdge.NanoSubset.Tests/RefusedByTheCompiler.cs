namespace PnnEdge.NanoSubset.Tests;

/// <summary>Stage one: without the .NET base library there is nothing to compile these against.</summary>
public class RefusedByTheCompiler
{
    [Theory]
    [InlineData("System.Collections.Generic.List<int> F() { return new System.Collections.Generic.List<int>(); }", "CS0234")]
    [InlineData("async System.Threading.Tasks.Task F() { await F(); }", "CS0234")]
    [InlineData("async void F() { }", "CS0518")]
    [InlineData("(int, int) F() { return (1, 2); }", "CS8179")]
    [InlineData("int? F() { return null; }", "CS0518")]
    [InlineData("void F() { Span<byte> bytes = new byte[4]; }", "CS0246")]
    [InlineData("void F() { SpanByte bytes = stackalloc byte[4]; }", "CS0518")]
    [InlineData("System.Collections.IEnumerable F() { yield return 1; }", "CS0656")]
    [InlineData("byte F(byte[] b) { return b[^1]; }", "CS0518")]
    [InlineData("byte[] F(byte[] b) { return b[1..2]; }", "CS0518")]
    [InlineData("decimal F() { return 1m; }", "CS0518")]
    [InlineData("object F() { dynamic d = 1; return d.X; }", "CS0656")]
    [InlineData("object F() { return new { X = 1 }; }", "CS0656")]
    [InlineData("volatile int _x; int F() { return _x; }", "CS0518")]
    [InlineData("public virtual int F(in int x) { return x; }", "CS0518")]
    [InlineData("public class Base { public virtual object F() { return null; } } public class Own : Base { public override string F() { return null; } }", "CS8830")]
    [InlineData("void F(int[] b) { Array.Sort(b); }", "CS0117")]
    [InlineData("void F(byte[] b) { Array.Clear(b); }", "CS7036")]
    [InlineData("string F(string[] s) { return string.Join(\",\", s); }", "CS0117")]
    [InlineData("float F(float x) { return MathF.Sqrt(x); }", "CS0103")]
    [InlineData("int F(float x) { return BitConverter.SingleToInt32Bits(x); }", "CS0117")]
    [InlineData("void F() { System.Threading.ThreadPool.QueueUserWorkItem(null); }", "CS0234")]
    [InlineData("object F() { return System.Diagnostics.Stopwatch.StartNew(); }", "CS0234")]
    [InlineData("uint F(byte[] b) { return System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(b); }", "CS0234")]
    [InlineData("string F() { return 1.5f.ToString(System.Globalization.CultureInfo.InvariantCulture); }", "CS0234")]
    [InlineData("bool F(System.Threading.AutoResetEvent e) { return e.WaitOne(5); }", "CS7036")]
    [InlineData("unsafe void F(byte* b) { }", "CS0227")]
    public void A_member_that_the_device_cannot_have_is_a_compiler_error(string members, string error) =>
        Assert.Contains(error, Snippet.Judge(members).Errors);

    [Fact]
    public void Linq_is_a_compiler_error() =>
        Assert.Contains("CS1935", Snippet.Judge("object F(int[] b) { return from x in b select x; }").Errors);

    [Fact]
    public void Importing_Linq_is_a_compiler_error() =>
        Assert.Contains("CS1061", Snippet.Judge("int F(int[] b) { return b.Sum(); }").Errors);

    [Theory]
    [InlineData("public record Reading(int Code);", "CS0518")]
    [InlineData("public struct Pair { public required int X; }", "CS8773")]
    [InlineData("public class Point(int x) { public int X = x; }", "CS8773")]
    public void A_type_that_the_device_cannot_have_is_a_compiler_error(string type, string error) =>
        Assert.Contains(error, Snippet.Judge("", type).Errors);
}
