using System.Diagnostics;
using System.Globalization;

namespace PnnEdge.Physics.Tests.Oscillators;

/// <summary>The oscillators' equations written down again in Python and integrated by scipy's DOP853 at tolerances of 1e-13.</summary>
internal static class Dop853
{
    private const int NoScipy = 77;

    private const string Script = """
        import sys
        try:
            import numpy
            from scipy.integrate import solve_ivp
        except ImportError:
            sys.exit(77)
        lines = open(sys.argv[1]).read().split('\n')
        n, eta, t = int(lines[0]), float(lines[1]), float(lines[2])
        couplings = iter(map(float, lines[3].split()))
        e = numpy.array(lines[4].split(), float)
        q0 = numpy.array(lines[5].split(), float)
        J = numpy.zeros((n, n))
        for i in range(n):
            for j in range(i + 1, n):
                J[i, j] = J[j, i] = next(couplings)
        def slope(time, z):
            s = numpy.sin((1 + eta) * z[:n])
            pull = (J * (s[None, :] - s[:, None])).sum(axis=1)
            return numpy.concatenate([z[n:], -s + pull + e])
        done = solve_ivp(slope, (0, t), numpy.concatenate([q0, numpy.zeros(n)]), method='DOP853', rtol=1e-13, atol=1e-13)
        assert done.success, done.message
        print(' '.join(repr(float(q)) for q in done.y[:n, -1]))
        """;

    /// <returns>[oscillator], final amplitudes, rad; skips the test where there is no scipy.</returns>
    public static double[] Run(int oscillators, double nonlinearity, double duration, double[] coupling, double[] force, double[] initial)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, string.Join('\n', $"{oscillators}", Text([nonlinearity]), Text([duration]), Text(coupling), Text(force), Text(initial)));

            // PNN_PYTHON names the interpreter that has scipy, where it is not the first on the path.
            string interpreter = Environment.GetEnvironmentVariable("PNN_PYTHON") ?? "python3";
            using Process python = Process.Start(new ProcessStartInfo(interpreter, ["-c", Script, path]) { RedirectStandardOutput = true })!;
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            Assert.SkipWhen(python.ExitCode == NoScipy, "skipped: scipy not installed");
            Assert.Equal(0, python.ExitCode);
            return [.. output.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("skipped: scipy not installed");
            throw;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Text(double[] values) => string.Join(' ', values.Select(value => value.ToString("r", CultureInfo.InvariantCulture)));
}
