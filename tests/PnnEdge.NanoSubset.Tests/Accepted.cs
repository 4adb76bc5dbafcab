using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

/// <summary>A safeguard that refused everything would pass the other tests.</summary>
public class Accepted
{
    [Theory]
    [InlineData("string F(int x, float v) { return $\"code {x} is {v} V\"; }")]
    [InlineData("string F(int x) { return \"v=\" + x; }")]
    [InlineData("int F(int x) { Twice t = y => x + y; return t(t(1)); }")]
    [InlineData("Action F() { return () => { }; }")]
    [InlineData("event EventHandler Changed; void F() { Changed?.Invoke(this, EventArgs.Empty); }")]
    [InlineData("int F(int x) { return x switch { 0 => 1, < 0 => -1, > 5 and < 9 => 2, _ => 3 }; }")]
    [InlineData("int F(string s) { switch (s) { case \"a\": return 1; case \"b\": return 2; case \"c\": return 3; case \"d\": return 4;"
        + " case \"e\": return 5; case \"f\": return 6; case \"g\": return 7; case \"h\": return 8; default: return 0; } }")]
    [InlineData("float F(Sample s) { Sample t = s; t.Volts += 1; return t.Volts; }")]
    [InlineData("ushort[][] F() { return new[] { new ushort[] { 1, 2, 3, 4 }, new ushort[2] }; }")]
    [InlineData("int F(string s) { try { return int.Parse(s); } catch (Exception e) when (e.Message != null) { return 0; } finally { _x = 1; } } int _x;")]
    [InlineData("static readonly uint[] Table = { 1, 2, 3, 4, 5, 6, 7, 8 }; uint F(int i) { return Table[i]; }")]
    [InlineData("readonly object _gate = new object(); int _n; void F() { lock (_gate) { _n++; } }")]
    [InlineData("int F(byte[] b) { int n = 0; foreach (byte x in b) { n += x; } return n; }")]
    [InlineData("int F(System.Collections.ArrayList l) { int n = 0; foreach (object o in l) { n += (int)o; } return n; }")]
    [InlineData("int F(int a) { int Twice(int x) { return x + x + a; } return Twice(2); }")]
    [InlineData("void F(out int a, ref int b) { a = b; b++; } int G() { int b = 1; F(out int a, ref b); return a + b; }")]
    [InlineData("void F() { using (Port p = new Port()) { p.Write(1); } }")]
    [InlineData("int Rate { get; init; }")]
    [InlineData("SpanByte F(byte[] b) { return new SpanByte(b, 0, 2).Slice(1); }")]
    [InlineData("byte F(int x) { return unchecked((byte)(x + 1)); }")]
    [InlineData("bool F(Mode m) { return m == Mode.Armed && (int)m == 1; }")]
    [InlineData("void F() { new System.Threading.Thread(Run).Start(); } void Run() { }")]
    [InlineData("Array F(byte[] b) { return b; }")]
    public void Firmware_in_the_subset_passes_both_stages(string members)
    {
        (IReadOnlyList<string> errors, IReadOnlyList<NanoFinding> findings) = Snippet.Judge(
            members,
            """
            public delegate int Twice(int x);
            public struct Sample { public float Volts; }
            public enum Mode : byte { Idle, Armed }
            public interface IPort { void Write(int code); }
            public sealed class Port : IPort, IDisposable { public void Write(int code) { } public void Dispose() { } }
            """);
        Assert.Empty(errors);
        Assert.Empty(findings);
    }
}
