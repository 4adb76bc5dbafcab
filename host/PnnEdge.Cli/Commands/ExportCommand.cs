using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Interchange;
using PnnEdge.Interchange.Onnx;
using PnnEdge.Interchange.SafeTensors;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;
using PnnEdge.Twins.Physics;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn export</c>: a run's network and twin, or a kept twin, in formats of other programs.</summary>
internal sealed class ExportCommand
{
    private const string TwinPrefix = "twin.";

    private readonly CliHost _host;
    private readonly Argument<string> _from = new("run") { Description = "A result folder of 'pnn train' or 'pnn reproduce', or a twin's file of 'pnn twin fit'." };
    private readonly Option<int?> _seed = Values.WholeNumber("--seed", 0, (int)ShotIndex.MaxSeed, "Whose of the run's seeds (default the first).");
    private readonly Option<string?> _out;

    private ExportCommand(CliHost host, string extension)
    {
        _host = host;
        _out = Values.Path("--out", $"file.{extension}", "Where it goes (default: beside what is exported).");
    }

    public static Command Build(CliHost host)
    {
        var export = new Command("export", "Give a run's network and twin to other programs.");
        export.Subcommands.Add(new ExportCommand(host, "safetensors").Format(
            "safetensors", "Named tensors of the trained network and of its twin.", command => command.SafeTensors));
        export.Subcommands.Add(new ExportCommand(host, "onnx").Format(
            "onnx", "The twin as a model that ONNX runtimes compute: volts in, volts out.", command => command.Onnx));
        return export;
    }

    private Command Format(string name, string about, Func<ExportCommand, Func<ParseResult, ExportSource, string>> write)
    {
        var command = new Command(name, about);
        command.Arguments.Add(_from);
        command.Options.Add(_seed);
        command.Options.Add(_out);
        command.SetAction(parsed =>
        {
            ExportSource source = ExportSource.At(_host.FullPath(parsed.GetRequiredValue(_from)), parsed.GetValue(_seed));
            string file = write(this)(parsed, source);
            Shown.Line(_host, parsed, new ExportJson(file, source.Seed), $"{file}: {name} of {source.Title}.");
            return ExitCode.Done;
        });
        return command;
    }

    private string SafeTensors(ParseResult parsed, ExportSource source)
    {
        string file = Target(parsed, source, ".safetensors");
        TensorSet twin = TwinTensors.OfFile(NpzArchive.Load(source.Twin), source.Twin), tensors = twin;
        if (source.Network is string network)
        {
            tensors = ArchiveTensors.Of(NpzArchive.Load(network), network);
            tensors.AddAll(twin, TwinPrefix);
        }

        foreach ((string key, string text) in source.Notes()) { tensors.Notes[key] = text; }
        tensors.Notes["units"] = "names that end in _volts: V; theta and actuators: 1, where 0 and 1 are the ends of their range; all others: 1";
        SafeTensorsFile.Save(file, tensors);
        return file;
    }

    private string Onnx(ParseResult parsed, ExportSource source)
    {
        if (GreyBoxFile.Holds(source.Twin))
        {
            throw new UserException($"{source.Twin} holds a grey box, which solves its system's equations step by step: no ONNX operator does that; 'pnn export safetensors' writes its constants.");
        }

        string file = Target(parsed, source, ".onnx");
        OnnxFile.Save(file, TwinFile.Load(source.Twin), source.Notes());
        return file;
    }

    private string Target(ParseResult parsed, ExportSource source, string extension) => WritableFile.RequireOther(parsed.GetValue(_out) is string asked ? _host.FullPath(asked) : source.Beside(extension), source.Twin);

    private sealed record ExportJson(string File, ulong? Seed);
}
