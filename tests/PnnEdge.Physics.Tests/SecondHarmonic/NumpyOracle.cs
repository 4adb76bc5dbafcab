using System.ComponentModel;
using System.Diagnostics;
using System.Numerics;
using System.Text.Json;
using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Physics.Tests.SecondHarmonic;

/// <summary>Runs the numpy script beside these tests in the Python that is installed.</summary>
internal static class NumpyOracle
{
    private const int NoNumpy = 77;

    /// <param name="steps">z-steps of the full equations; 0 for the undepleted ones.</param>
    /// <returns>B(Ω) [sample], and the bins, V.</returns>
    public static (Complex[] Harmonic, double[] Bins) Run(SecondHarmonicParameters parameters, double[] amplitudes, int steps)
    {
        string asked = Path.GetTempFileName();
        try
        {
            File.WriteAllText(asked, JsonSerializer.Serialize(new { Parameters = parameters, Amplitudes = amplitudes, Steps = steps }));
            Answer answer = JsonSerializer.Deserialize<Answer>(Output(asked))!;
            return ([.. answer.Re.Paired(answer.Im, (re, im) => new Complex(re, im))], answer.Bins);
        }
        finally
        {
            File.Delete(asked);
        }
    }

    private static string Output(string asked)
    {
        // PNN_PYTHON names the interpreter that has numpy, where it is not the first on the path.
        string interpreter = Environment.GetEnvironmentVariable("PNN_PYTHON") ?? "python3";
        string script = Path.Combine(AppContext.BaseDirectory, "SecondHarmonic", "second_harmonic_oracle.py");
        try
        {
            using Process python = Process.Start(new ProcessStartInfo(interpreter, [script, asked]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = python.StandardError.ReadToEndAsync();
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            Assert.SkipWhen(python.ExitCode == NoNumpy, "skipped: numpy not installed");
            Assert.True(python.ExitCode == 0, $"the oracle failed: {errors.Result}");
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip("skipped: numpy not installed");
            throw;
        }
    }

    private sealed record Answer(double[] Re, double[] Im, double[] Bins);
}
