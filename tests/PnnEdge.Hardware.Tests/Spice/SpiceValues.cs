using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using PnnEdge.Physics.Tests.Circuit;

namespace PnnEdge.Hardware.Tests.Spice;

/// <summary>What a netlist prints when ngspice runs it, each file once a test run.</summary>
internal static partial class SpiceValues
{
    private static readonly ConcurrentDictionary<string, Dictionary<string, double>> Printed = [];

    /// <returns>By name, whatever unit the netlist gives it. Skips the test where ngspice is missing.</returns>
    public static Dictionary<string, double> Of(string netlist)
    {
        string? program = Ngspice.FindProgram();
        Assert.SkipUnless(program is not null, "skipped: ngspice not installed");
        return Printed.GetOrAdd(netlist, path => Run(program!, path));
    }

    private static Dictionary<string, double> Run(string program, string netlist)
    {
        var start = new ProcessStartInfo(program, ["-b", Path.GetFileName(netlist)])
        {
            WorkingDirectory = Path.GetDirectoryName(netlist),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Dictionary<string, double> values = [];
        foreach (Match line in NameAndNumber().Matches(output)) { values[line.Groups[1].Value] = double.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture); }
        return process.ExitCode == 0 ? values : throw new InvalidOperationException($"ngspice ended with {process.ExitCode} on {netlist}: {errors.Result.Trim()}");
    }

    [GeneratedRegex(@"^([a-z][a-z0-9_]*) *= +(-?[0-9.]+e[-+][0-9]+)", RegexOptions.Multiline)]
    private static partial Regex NameAndNumber();
}
