namespace PnnEdge.Cli.Runs;

/// <summary>What a comparison asks of every method; <c>compare-settings.json</c>.</summary>
/// <param name="Methods">By name, in the order of the catalogue.</param>
/// <param name="Passes">Physical passes of each, without tests.</param>
/// <param name="Tests">On the way, evenly spread over the steps.</param>
/// <param name="TestSamples">Of a test on the way; the last takes all.</param>
/// <param name="Target">Test accuracy to reach, 0 to 1.</param>
internal sealed record CompareSettings(IReadOnlyList<string> Methods, long Passes, int Tests, int TestSamples, double Target);
