using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace PnnEdge.Training.Tests.Alignment;

/// <summary>Runs the scipy script beside these tests in the Python that is installed.</summary>
internal static class ChirpOracle
{
    private const int NoScipy = 77;

    /// <param name="recordings">[recording][sample], in which to find the chirp.</param>
    public static OracleAnswer Ask(int samples, double startCycles, double endCycles, double edgeShare, float[][] recordings)
    {
        string asked = Path.GetTempFileName();
        try
        {
            File.WriteAllText(asked, JsonSerializer.Serialize(new { Samples = samples, StartCycles = startCycles, EndCycles = endCycles, EdgeShare = edgeShare, Recordings = recordings }));
            return JsonSerializer.Deserialize<OracleAnswer>(Output(asked))!;
        }
        finally
        {
            File.Delete(asked);
        }
    }

    private static string Output(string asked)
    {
        // PNN_PYTHON names the interpreter that has scipy, where it is not the first on the path.
        string interpreter = Environment.GetEnvironmentVariable("PNN_PYTHON") ?? "python3";
        string script = Path.Combine(AppContext.BaseDirectory, "Alignment", "chirp_oracle.py");
        try
        {
            using Process python = Process.Start(new ProcessStartInfo(interpreter, [script, asked]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = python.StandardError.ReadToEndAsync();
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            Assert.SkipWhen(python.ExitCode == NoScipy, "skipped: scipy not installed");
            Assert.True(python.ExitCode == 0, $"the oracle failed: {errors.Result}");
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip("skipped: scipy not installed");
            throw;
        }
    }
}

/// <param name="Pattern">[sample].</param> <param name="Slope">[sample], 1/sample.</param> <param name="Lags">[recording], whole samples.</param>
/// <param name="Bound">Standard error of the delay for unit amplitude in noise of unit rms, samples.</param>
internal sealed record OracleAnswer(double[] Pattern, double[] Slope, int[] Lags, double Bound);
