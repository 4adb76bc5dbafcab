using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PnnEdge.Physics.Tests.Circuit;

/// <summary>What ngspice found, and how long its process took.</summary>
/// <param name="NodeVolts">[sample], V at the end of each sample.</param>
internal sealed record SpiceRun(double[] NodeVolts, TimeSpan Elapsed);

/// <summary>Runs a builder's netlist in the ngspice that is installed, with samples in place of its stimulus line.</summary>
internal static class Ngspice
{
    private const double EdgeSeconds = 1e-9;
    private const string DataFile = "node.data";

    // As the netlists say.
    private const double FineStepOfSample = 1.0 / 50;

    /// <summary>The simulated bench's law.</summary>
    public static string Law => Netlist("rlc_transistor.cir");

    /// <summary>The same bench with ngspice's own power-MOSFET model.</summary>
    public static string Vdmos => Netlist("rlc_vdmos_2n7000.cir");

    /// <summary>The law with parts for a codec board.</summary>
    public static string CodecRate => Netlist("rlc_transistor_96k.cir");

    /// <summary>Two RC sections and the same transistor, for a board of 250 S/s.</summary>
    public static string Ladder => Netlist("rc_transistor_250.cir");

    public static string? FindProgram() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(folder => new[] { Path.Combine(folder, "ngspice"), Path.Combine(folder, "ngspice.exe") })
        .FirstOrDefault(File.Exists);

    /// <summary>As exact as the netlist's own options make it.</summary>
    /// <param name="netlist">Path; its stimulus and its duration are replaced.</param>
    /// <param name="driveVolts">[sample], V, each held for <paramref name="samplePeriodSeconds"/>.</param>
    /// <returns>[sample], V of the node at the end of each sample.</returns>
    public static double[] Run(string program, string netlist, float[] driveVolts, double samplePeriodSeconds) =>
        Play(program, netlist, driveVolts, samplePeriodSeconds, FineStepOfSample * samplePeriodSeconds, options: null).NodeVolts;

    /// <param name="options">In place of the netlist's; null: the netlist's.</param>
    public static SpiceRun Play(
        string program, string netlist, float[] driveVolts, double samplePeriodSeconds, double longestStepSeconds, string? options)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("rlc-transistor-");
        try
        {
            string[] lines = File.ReadAllLines(netlist);
            Replace(lines, "Vdrive ", Held(driveVolts, samplePeriodSeconds));
            Replace(lines, ".tran ", string.Create(
                CultureInfo.InvariantCulture, $".tran {samplePeriodSeconds:e9} {driveVolts.Length * samplePeriodSeconds:e9} 0 {longestStepSeconds:e9} uic"));
            if (options is not null)
            {
                Replace(lines, ".options ", $".options {options}");
            }

            // Without it ngspice ends with 1 however well it went: it misses a .print line.
            Replace(lines, "wrdata ", $"wrdata {DataFile} v(node)\nquit $sim_status");

            string deck = Path.Combine(folder.FullName, "played.cir");
            File.WriteAllLines(deck, lines);
            long begin = Stopwatch.GetTimestamp();
            var start = new ProcessStartInfo(program, ["-b", deck])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);

            string data = Path.Combine(folder.FullName, DataFile);
            return process.ExitCode != 0 ? throw new InvalidOperationException($"ngspice ended with {process.ExitCode}: {errors.Result.Trim()}")
                : File.Exists(data) ? new SpiceRun(AtSampleEnds(File.ReadAllLines(data), driveVolts.Length, samplePeriodSeconds), elapsed)
                : throw new InvalidOperationException($"ngspice wrote no result: {output} {errors.Result}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>Every .param line's value by its name, SI.</returns>
    public static Dictionary<string, double> Parameters(string netlist) => File.ReadAllLines(netlist)
        .Where(line => line.StartsWith(".param", StringComparison.Ordinal))
        .Select(line => line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(cells => cells[1], cells => Value(cells[2]));

    private static void Replace(string[] lines, string begin, string line) =>
        lines[Array.FindIndex(lines, old => old.StartsWith(begin, StringComparison.Ordinal))] = line;

    private static string Netlist(string file) => Path.Combine(AppContext.BaseDirectory, "netlists", file);

    private static double Value(string value)
    {
        double scale = value.EndsWith("meg", StringComparison.Ordinal) ? 1e6 : value[^1] switch { 'k' => 1e3, 'm' => 1e-3, 'u' => 1e-6, 'n' => 1e-9, 'p' => 1e-12, _ => 1 };
        return scale * double.Parse(value.TrimEnd([.. "kmegunp"]), CultureInfo.InvariantCulture);
    }

    private static string Held(float[] driveVolts, double period)
    {
        var line = new StringBuilder("Vdrive drive 0 PWL(");
        for (int n = 0; n < driveVolts.Length; n++)
        {
            double begin = n == 0 ? 0 : n * period + EdgeSeconds;
            line.Append(CultureInfo.InvariantCulture, $"\n+ {begin:e9} {driveVolts[n]:e9} {(n + 1) * period:e9} {driveVolts[n]:e9}");
        }

        return line.Append("\n+ )").ToString();
    }

    /// <param name="rows">[point]: time, s, and volts, as wrdata wrote them.</param>
    /// <returns>[sample], V at the end of each sample.</returns>
    /// <exception cref="InvalidOperationException">The run does not reach from before the first to the last.</exception>
    internal static double[] AtSampleEnds(string[] rows, int samples, double period)
    {
        double[][] points = [.. rows.Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(cells => new[] { double.Parse(cells[0], CultureInfo.InvariantCulture), double.Parse(cells[1], CultureInfo.InvariantCulture) })];

        // wrdata writes nine digits.
        double reached = points.Length < 2 || points[0][0] > period ? double.NaN : points[^1][0] * (1 + 1e-8);
        if (!(reached >= samples * period))
        {
            throw new InvalidOperationException($"Asked for {samples} samples, {samples * period} s; ngspice gave {points.Length} points, the last at {points.Select(p => p[0]).LastOrDefault(double.NaN)} s.");
        }

        double[] volts = new double[samples];
        int at = 1;
        for (int sample = 0; sample < samples; sample++)
        {
            double time = (sample + 1) * period;
            while (at < points.Length - 1 && points[at][0] < time)
            {
                at++;
            }

            // Linear between two points at most 20 ns apart.
            double part = (time - points[at - 1][0]) / (points[at][0] - points[at - 1][0]);
            volts[sample] = points[at - 1][1] + part * (points[at][1] - points[at - 1][1]);
        }

        return volts;
    }
}
