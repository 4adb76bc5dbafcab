using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

/// <summary>Stage two: these compile, against the real libraries too, and fail on the chip.</summary>
public class RefusedByTheIlCheck
{
    [Theory]
    [InlineData(NanoRule.GenericDefinition, "T F<T>(T x) { return x; }")]
    [InlineData(NanoRule.GenericDefinition, "void F<T>() where T : new() { }")]
    [InlineData(NanoRule.GenericMethodCall, "T F<T>(T x) { return x; } int G() { return F<int>(1); }")]
    [InlineData(NanoRule.GenericInstantiation, "Func<int> F() { return () => 1; }")]
    [InlineData(NanoRule.GenericInstantiation, "void F() { Action<int> a = x => { }; a(1); }")]
    [InlineData(NanoRule.GenericInstantiation, "event EventHandler<EventArgs> E; void F() { E(this, null); }")]
    [InlineData(NanoRule.MultidimensionalArray, "int[,] F() { return new int[2, 3]; }")]
    [InlineData(NanoRule.MultidimensionalArray, "int[,] _grid;")]
    [InlineData(NanoRule.MultidimensionalArray, "int F(object o) { return ((int[,])o)[0, 1]; }")]
    [InlineData(NanoRule.CheckedArithmetic, "int F(int x) { return checked(x + 1); }")]
    [InlineData(NanoRule.CheckedArithmetic, "byte F(int x) { return checked((byte)x); }")]
    [InlineData(NanoRule.CheckedArithmetic, "byte[] F(long n) { return new byte[n]; }")]
    [InlineData(NanoRule.Finalizer, "~Device() { }")]
    public void A_member_that_compiles_but_fails_on_the_device_is_refused(NanoRule rule, string members) => Refuses(rule, members, "");

    [Theory]
    [InlineData(NanoRule.GenericDefinition, "public class Box<T> { public T Value; }")]
    [InlineData(NanoRule.GenericDefinition, "public delegate T Make<T>();")]
    [InlineData(NanoRule.GenericInstantiation, "public class Box<T> { public T Value; } public class IntBox : Box<int> { }")]
    [InlineData(NanoRule.InterfaceMethodBody, "public interface IPort { int Read() => 0; }")]
    [InlineData(NanoRule.InterfaceMethodBody, "public interface IPort { static int Zero() => 0; }")]
    [InlineData(NanoRule.ModuleInitializer,
        "public class Start { [System.Runtime.CompilerServices.ModuleInitializer] public static void Run() { } } }"
        + " namespace System.Runtime.CompilerServices { public class ModuleInitializerAttribute : Attribute { }")]
    [InlineData(NanoRule.TypeModifier,
        "public class Port { public virtual int F(in int x) { return x; } } } namespace System.Runtime.InteropServices { public class InAttribute { }")]
    public void A_type_that_compiles_but_fails_on_the_device_is_refused(NanoRule rule, string type) => Refuses(rule, "", type);

    [Theory]
    [InlineData("string F(Mode m) { return m.ToString(); }")]
    [InlineData("string F(Mode m) { return $\"mode {m}\"; }")]
    [InlineData("string F(Mode m) { return \"mode \" + m; }")]
    [InlineData("object F(Mode m) { return m; }")]
    [InlineData("bool F(AttributeTargets m) { return m.HasFlag(AttributeTargets.Class); }")]
    public void An_enum_that_becomes_text_is_refused_because_the_device_gives_its_number(string members) =>
        Refuses(NanoRule.EnumAsObject, members, "public enum Mode : byte { Idle, Armed }");

    [Theory]
    [InlineData("object[] F(string[] s) { return s; }")]
    [InlineData("object[] F(object s) { return (object[])(s as string[]); }")]
    [InlineData("string F(string[] s) { return string.Format(\"{0}\", s); }")]
    public void An_array_used_as_one_of_its_base_type_is_refused(string members) => Refuses(NanoRule.ArrayCovariance, members, "");

    [Theory]
    [InlineData(NanoRule.UnmanagedPointer, "unsafe int F(int* p) { return *p; }")]
    [InlineData(NanoRule.UnmanagedPointer, "unsafe delegate*<int> _f;")]
    [InlineData(NanoRule.UnsupportedInstruction, "unsafe int F(delegate*<int> f) { return f(); }")]
    [InlineData(NanoRule.UnsupportedInstruction, "unsafe int F() { int* p = stackalloc int[4]; return *p; }")]
    public void Unsafe_code_is_refused_even_where_a_project_allows_it(NanoRule rule, string members) =>
        Refuses(rule, members, "", allowUnsafe: true);

    [Fact]
    public void A_jump_table_longer_than_the_devices_count_is_refused()
    {
        string Cases(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"case {i}: return {i * 7 % 11};"));
        string Members(int count) => $"int F(int x) {{ switch (x) {{ {Cases(count)} default: return -1; }} }}";
        Assert.Equal((0, 0), (Snippet.Judge(Members(255)).Errors.Count, Snippet.Judge(Members(255)).Findings.Count));
        Refuses(NanoRule.LongJumpTable, Members(256), "");
    }

    [Fact]
    public void A_finding_names_the_method_it_was_found_in()
    {
        NanoFinding finding = Assert.Single(Snippet.Judge("int Sum(int x) { return checked(x + 1); }").Findings);
        Assert.Equal("Firmware.Device.Sum", finding.Where);
    }

    private static void Refuses(NanoRule rule, string members, string types, bool allowUnsafe = false)
    {
        (IReadOnlyList<string> errors, IReadOnlyList<NanoFinding> findings) = Snippet.Judge(members, types, allowUnsafe);
        Assert.Empty(errors);
        Assert.Contains(rule, findings.Select(finding => finding.Rule));
    }
}
