using System.CommandLine;
using System.Globalization;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Data;
using PnnEdge.Cli.Runs;
using PnnEdge.Link.Deployment;
using PnnEdge.Link.Devices;
using PnnEdge.Training.Data;
using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn infer</c>: samples to the network that a device runs by itself.</summary>
internal sealed class InferCommand
{
    private readonly CliHost _host;
    private readonly DeviceDeskOptions _desk = new();
    private readonly Argument<string> _from = new("samples") { Description = "A result folder, whose test samples are asked, or a file with one sample a line: numbers with commas between." };
    private readonly Option<bool> _labels = new("--labels") { Description = "The last number of each line of the file is its label." };
    private readonly Option<int?> _seed = Values.WholeNumber("--seed", 0, (int)ShotIndex.MaxSeed, "Of a result folder: whose samples, scaled as in its training (default the first).");
    private readonly Option<int?> _samples = Values.WholeNumber("--samples", 1, int.MaxValue, "Ask at most so many.");
    private readonly Option<string?> _data = Values.Path("--data", "folder", "Where the data files lie (default: PNN_DATA, else the cache that 'pnn data get' fills).");

    private InferCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var infer = new InferCommand(host);
        var command = new Command("infer", "Ask the network that runs on a device: class and confidence of each sample, and accuracy where labels are known.");
        command.Arguments.Add(infer._from);
        foreach (Option option in new Option[] { infer._labels, infer._seed, infer._samples, infer._data }) { command.Options.Add(option); }
        infer._desk.AddTo(command);
        command.SetAction(infer.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        (IReadOnlyList<float[]> samples, IReadOnlyList<int> labels) = Read(parsed);
        samples = [.. samples.Take(parsed.GetValue(_samples) ?? samples.Count)];
        await using DeviceDesk desk = await _desk.OpenAsync(parsed, _host, cancellation);
        ProgramDesk programs = new(desk, DeviceDeskOptions.Limit);
        List<InferAnswer> answers = [];
        foreach (float[] sample in samples)
        {
            answers.Add(await programs.InferAsync(sample, cancellation));
            if (!parsed.GetValue(CommonOptions.Quiet)) { await Lines(parsed).WriteLineAsync(Line(answers.Count - 1, answers[^1], labels)); }
        }

        InferJson told = Summarise(desk, answers, labels);
        Shown.Line(_host, parsed, told, Words(told));
        return ExitCode.Done;
    }

    private (IReadOnlyList<float[]> Samples, IReadOnlyList<int> Labels) Read(ParseResult parsed)
    {
        string path = _host.FullPath(parsed.GetRequiredValue(_from));
        if (!Directory.Exists(path))
        {
            Refuse(parsed, path, _seed);
            return SampleFile.Read(path, parsed.GetValue(_labels));
        }

        Refuse(parsed, path, _labels);
        Dataset test = DeployableSeed.At(path, parsed.GetValue(_seed)).Data(_host, parsed.GetValue(_data)).Test;
        return ([.. Enumerable.Range(0, test.Count).Select(i => test.Features.AsSpan(i * test.FeatureCount, test.FeatureCount).ToArray())], test.Labels);
    }

    private static void Refuse(ParseResult parsed, string path, Option option)
    {
        if (parsed.IsGiven(option)) { throw new UserException($"{path} is a {(Directory.Exists(path) ? "folder" : "file")} and has no use for {option.Name}; leave it out.", isUsage: true); }
    }

    // With --json standard output is for programs.
    private TextWriter Lines(ParseResult parsed) => parsed.GetValue(CommonOptions.Json) ? _host.Error : _host.Out;

    private static string Line(int i, InferAnswer answer, IReadOnlyList<int> labels) => string.Create(CultureInfo.InvariantCulture,
        $"{i}: class {answer.Class}, confidence {answer.Confidence:P1}{(labels.Count == 0 ? string.Empty : labels[i] == answer.Class ? ", right" : $", label {labels[i]}")}");

    private static InferJson Summarise(DeviceDesk desk, List<InferAnswer> answers, IReadOnlyList<int> labels) => new(
        desk.Device.ToString(),
        [.. answers.Select(answer => $"{answer.ProgramVersion:x8}").Distinct()],
        answers.Count,
        labels.Count == 0 ? null : answers.Where((answer, i) => answer.Class == labels[i]).Count() / (double)answers.Count,
        answers.Average(answer => answer.Confidence),
        answers.Sum(answer => (long)answer.Clamped),
        answers.Sum(answer => (long)answer.Saturated),
        answers.Average(answer => answer.RunMicros) / 1000,
        [.. answers.Select(answer => answer.Class)],
        [.. answers.Select(answer => (double)answer.Confidence)]);

    private static string Words(InferJson told) => string.Create(CultureInfo.InvariantCulture,
        $"{told.Samples:N0} samples by program {string.Join(", ", told.Programs)} on device {told.Device}{(told.Accuracy is double accuracy ? $": accuracy {accuracy:P1}" : string.Empty)}, mean confidence {told.MeanConfidence:P1}; {told.ClampedSlots:N0} slots clamped, {told.SaturatedWords:N0} words saturated, {told.MeanRunMillis:0.##} ms an answer on the device.");

    /// <param name="Programs">That answered, hexadecimal: more than one when another was deployed meanwhile.</param>
    /// <param name="Accuracy">0 to 1; null where no labels are known.</param>
    private sealed record InferJson(
        string Device, IReadOnlyList<string> Programs, int Samples, double? Accuracy, double MeanConfidence, long ClampedSlots, long SaturatedWords, double MeanRunMillis,
        IReadOnlyList<int> Classes, IReadOnlyList<double> Confidences);
}
