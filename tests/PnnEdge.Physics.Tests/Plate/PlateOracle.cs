using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PnnEdge.Physics.Plate;

namespace PnnEdge.Physics.Tests.Plate;

/// <summary>
/// The outside oracle: Python with numpy and scipy solves the modes and plays a shot from the parameters alone, by DOP853 at tight
/// tolerances, or by the matrix exponential where everything is linear. It shares no code and no number with the product.
/// </summary>
internal static class PlateOracle
{
    private const int NoScipy = 77;

    /// <param name="method">"DOP853" or "expm".</param>
    /// <returns>[sample], V; skips the test where there is no Python with scipy.</returns>
    public static double[] Run(string method, in PlateParameters p, float[] drive)
    {
        Dictionary<string, object> question = PlateQuestion.Of(p);
        question["method"] = method;
        question["drive"] = drive;
        (int code, string answer, string errors) = Python(JsonSerializer.Serialize(question));
        Assert.SkipWhen(code == NoScipy, "skipped: scipy not installed");
        Assert.True(code == 0, errors);
        return [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static (int Code, string Output, string Errors) Python(string question)
    {
        // PNN_PYTHON names the interpreter that has numpy and scipy, where it is not the first on the path.
        string interpreter = Environment.GetEnvironmentVariable("PNN_PYTHON") ?? "python3";
        try
        {
            using var python = Process.Start(new ProcessStartInfo(interpreter, [Path.Combine(AppContext.BaseDirectory, "Plate", "plate_oracle.py")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> errors = python.StandardError.ReadToEndAsync();
            python.StandardInput.Write(question);
            python.StandardInput.Close();
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return (python.ExitCode, output, errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("skipped: python3 not installed");
            throw;
        }
    }
}
