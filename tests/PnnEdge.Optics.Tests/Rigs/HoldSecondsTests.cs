using PnnEdge.Optics.Rigs;

namespace PnnEdge.Optics.Tests.Rigs;

public sealed class HoldSecondsTests
{
    [Theory]
    [InlineData("-1", "hold_seconds is -1; possible are 0 (the shutter is never closed by itself) and 1 to 600 s.")]
    [InlineData("0.5", "hold_seconds is 0.5; possible are 0 (the shutter is never closed by itself) and 1 to 600 s.")]
    [InlineData("601", "hold_seconds is 601; possible are 0 (the shutter is never closed by itself) and 1 to 600 s.")]
    [InlineData(".nan", "hold_seconds is NaN; possible are 0 (the shutter is never closed by itself) and 1 to 600 s.")]
    public void A_hold_outside_its_bounds_is_refused_in_one_sentence(string seconds, string sentence)
    {
        using var reader = new StreamReader(typeof(OpticalRig).Assembly.GetManifestResourceStream("rigs/table.yaml")!);
        string file = Path.GetTempFileName(), rig = reader.ReadToEnd();
        try
        {
            File.WriteAllText(file, rig.Replace("laser:\n", $"laser:\n  hold_seconds: {seconds}\n", StringComparison.Ordinal));
            InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => OpticalRig.Load(file));
            Assert.EndsWith(sentence, refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
