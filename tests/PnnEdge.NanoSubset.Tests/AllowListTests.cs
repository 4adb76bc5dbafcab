using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

public class AllowListTests
{
    private const string Source = "class Device { double F(double x) { return System.Math.Sqrt(x) + System.Math.Sin(x); } }";

    [Fact]
    public void A_library_member_outside_the_list_is_refused_with_the_line_to_review()
    {
        NanoFinding refused = Assert.Single(Check("System.Object..ctor()", "System.Math.Sqrt(double) # used"));
        Assert.Equal(new NanoFinding(NanoRule.MemberNotListed, "Device.F", "System.Math.Sin(double)"), refused);
    }

    [Fact]
    public void A_list_with_every_member_refuses_nothing() =>
        Assert.Empty(Check("# comment", "", "System.Math.Sin(double)", "System.Math.Sqrt(double)", "System.Object..ctor()"));

    [Fact]
    public void A_member_with_other_parameters_is_another_member() =>
        Assert.Contains("System.Math.Sqrt(double)", Check("System.Math.Sqrt(float)").Select(finding => finding.What));

    [Fact]
    public void A_type_comes_with_its_methods()
    {
        NanoAllowList list = new(["System.Exception..ctor(string)", "System.String.get_Length()", "System.IDisposable"]);
        Assert.True(list.HasType("System.Exception") && list.HasType("System.String") && list.HasType("System.IDisposable"));
        Assert.False(list.HasType("System.Math"));
    }

    private static IReadOnlyList<NanoFinding> Check(params string[] lines)
    {
        using MemoryStream assembly = new();
        Assert.Empty(NanoCompiler.Errors(NanoCompiler.Compilation("Firmware", [Source]), assembly));
        using FileStream library = File.OpenRead(NanoAssemblies.BaseLibrary);
        NanoAssemblySet set = new([assembly], [library]);
        return [.. NanoIlCheck.Findings(assembly, new NanoAllowList(lines), set)
            .Where(finding => !finding.What.StartsWith("System.Diagnostics.DebuggableAttribute", StringComparison.Ordinal))];
    }
}
