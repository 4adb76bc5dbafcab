using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Shaping;
using PnnEdge.Optics.Tests.Support;

namespace PnnEdge.Optics.Tests.Rigs;

/// <summary>A rig's file says what its modulator is; what cannot be is one sentence.</summary>
public sealed class ModulatorTests
{
    [Fact]
    public void The_two_simulated_tables_differ_in_name_and_shaper_alone()
    {
        OpticalRig slm = TableOnSocket.Rig, dmd = TableOnSocket.DmdRig;
        Assert.Equal((Modulator.Slm, Modulator.Dmd), (slm.Shaper.Modulator, dmd.Shaper.Modulator));
        Assert.Equal(slm with { Name = dmd.Name, Shaper = dmd.Shaper }, dmd);
    }

    [Theory]
    [InlineData("modulator: dmd", "modulator: lcos", "lcos")]
    [InlineData("fringes: 71", "fringes: 103", "A DMD of 257 rows has 8 to 102 fringes, a fringe 2.5 rows at least; asked were 103 fringes.")]
    [InlineData("fringes: 71", "fringes: 7", "A DMD of 257 rows has 8 to 102 fringes, a fringe 2.5 rows at least; asked were 7 fringes.")]
    [InlineData("rows: 257\n  fringes: 71", "rows: 256\n  fringes: 72", "72 fringes over 256 rows repeat themselves every 32 rows, which leaves 32 places in a fringe of 256; take a number of fringes without a common factor, such as 71.")]
    [InlineData("rows: 257\n  fringes: 71", "rows: 16\n  fringes: 5", "A DMD encodes in 20 rows at least; asked were 16 rows.")]
    [InlineData("fringes: 71", "", "A DMD's mirrors are on or off: its shaper has fringes, and neither span_rad nor levels_rad.")]
    [InlineData("fringes: 71", "fringes: 71\n  span_rad: 6.6", "A DMD's mirrors are on or off: its shaper has fringes, and neither span_rad nor levels_rad.")]
    [InlineData("modulator: dmd", "modulator: slm", "An SLM's grey levels are phases: its shaper has span_rad or levels_rad, and no fringes.")]
    [InlineData("columns: 320", "columns: 300", "The modulator has no pixel for bin 97 at 770.500 nm; its pixels go from 770.700 to 790.633 nm.")]
    [InlineData("dialect: pnnedge-table\n  columns", "display: {path: fb, rows: 1080, bytes_per_pixel: 1, stride_bytes: 320, settle_milliseconds: 1}\n  columns", "A DMD's fringes fill its display: 1080 rows of a display are no multiple of 257.")]
    public void A_modulator_that_cannot_be_is_refused_in_one_sentence(string right, string wrong, string sentence)
    {
        string file = Path.GetTempFileName();
        try
        {
            string rig = RigText();
            Assert.Contains(right, rig, StringComparison.Ordinal);
            File.WriteAllText(file, rig.Replace(right, wrong, StringComparison.Ordinal));
            InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => OpticalRig.Load(file));
            Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string RigText()
    {
        using var reader = new StreamReader(typeof(OpticalRig).Assembly.GetManifestResourceStream("rigs/table-dmd.yaml")!);
        return reader.ReadToEnd();
    }
}
