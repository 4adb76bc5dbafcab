using System.Text.RegularExpressions;

namespace PnnEdge.Architecture.Tests.Rules;

public static partial class TextRules
{
    /// <summary>This project writes the name in the examples that its rules must refuse.</summary>
    private static readonly string[] MaySeeTorch =
        ["host/PnnEdge.Twins.Torch/", "tests/PnnEdge.Twins.Torch.Tests/", "tests/PnnEdge.Benchmarks/", "tests/PnnEdge.Architecture.Tests/"];

    /// <summary>A path that exists on one machine only.</summary>
    public static IEnumerable<string> MachinePaths(string path, string text) =>
        Lines(text).Where(line => MachinePath().IsMatch(line.Text)).Select(line => $"{path}:{line.Number} names a machine's path: {line.Text.Trim()}");

    /// <summary>A package's types reach every project that references its one project; the source must not use them there.</summary>
    public static IEnumerable<string> UsesOfMqttOutsideLink(string path, string text) =>
        path.StartsWith("host/PnnEdge.Link/", StringComparison.Ordinal)
            ? []
            : Lines(text).Where(line => UseOfMqtt().IsMatch(line.Text)).Select(line => $"{path}:{line.Number} uses MQTTnet; only PnnEdge.Link may see it.");

    /// <summary>As above, of TorchSharp; here tests are held to it too.</summary>
    public static IEnumerable<string> UsesOfTorchOutsideItsProject(string path, string text) =>
        MaySeeTorch.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))
            ? []
            : Lines(text).Where(line => UseOfTorch().IsMatch(line.Text)).Select(line => $"{path}:{line.Number} uses TorchSharp; only PnnEdge.Twins.Torch may see it.");

    private static IEnumerable<(int Number, string Text)> Lines(string text) => text.Split('\n').Select((line, index) => (index + 1, line));

    [GeneratedRegex(@"(?<![\w.$}])/(work|home|root|tmp|mnt|Users)/\w|\b[A-Z]:\\\w", RegexOptions.ExplicitCapture)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"^(?!\s*//).*\bTorchSharp\.[A-Za-z]|^\s*using\s.*\bTorchSharp\b")]
    private static partial Regex UseOfTorch();

    [GeneratedRegex(@"^(?!\s*//).*\bMQTTnet\.[A-Z]|^\s*using\s.*\bMQTTnet\b")]
    private static partial Regex UseOfMqtt();
}
