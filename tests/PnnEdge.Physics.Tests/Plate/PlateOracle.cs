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
        string question = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["method"] = method,
            ["drive"] = drive,
            ["fs"] = p.SampleRateHz,
            ["gain"] = p.Amplifier.Gain,
            ["clip"] = p.Amplifier.ClipVolts,
            ["fh"] = p.Amplifier.LowCornerHz,
            ["fa"] = p.Amplifier.HighCornerHz,
            ["Mms"] = p.Speaker.ConeKilogram,
            ["Rms"] = p.Speaker.DragNewtonSecondPerMetre,
            ["Kms"] = p.Speaker.StiffnessNewtonPerMetre,
            ["rise"] = p.Speaker.StiffnessRise,
            ["Bl"] = p.Speaker.ForceFactorTeslaMetre,
            ["fall"] = p.Speaker.ForceFactorFall,
            ["Xmax"] = p.Speaker.TravelMetre,
            ["Re"] = p.Speaker.CoilOhm,
            ["Le"] = p.Speaker.CoilHenry,
            ["a"] = p.Plate.SideMetre,
            ["h"] = p.Plate.ThicknessMetre,
            ["E"] = p.Plate.YoungPascal,
            ["nu"] = p.Plate.PoissonRatio,
            ["rho"] = p.Plate.KilogramPerCubicMetre,
            ["stem"] = new[] { p.Plate.Drive.Across, p.Plate.Drive.Along },
            ["zetas"] = new[] { p.Plate.LowestModeDamping, p.Plate.HighestModeDamping },
            ["alpha"] = p.Plate.CubicPerSquareMetreSecond,
            ["mic"] = new[] { p.Microphone.Place.Across, p.Microphone.Place.Along },
            ["sens"] = p.Microphone.VoltsPerMetrePerSquareSecond,
            ["fm"] = p.Microphone.LowCornerHz,
            ["fl"] = p.Microphone.HighCornerHz,
        });
        (int code, string answer, string errors) = Python(question);
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
            using var python = Process.Start(new ProcessStartInfo(interpreter, ["-c", Script])
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

    // Its own way to the modes: Gauss–Legendre integrals, LAPACK's generalised eigenproblem with the cone in the mass matrix.
    private const string Script = """
        import json, sys
        try:
            import numpy as np, scipy.linalg as sl
            from scipy.integrate import solve_ivp
            from scipy.optimize import brentq
        except ImportError:
            sys.exit(77)
        p = json.load(sys.stdin); pi2 = 2*np.pi; N = 8; K = 11
        beta = [brentq(lambda b: np.cos(b) - 1/np.cosh(b), (k+.5)*np.pi - .4, (k+.5)*np.pi + .4, xtol=1e-14) for k in range(1, N-1)]
        def X(n, s, d):
            s = np.asarray(s, float)
            if n == 0: return s*0 + (d == 0)
            if n == 1: return [3**.5*(2*s-1), s*0 + 2*3**.5, s*0][d]
            b = beta[n-2]; t = s - .5
            c, o = (np.cos, np.sin) if n % 2 == 0 else (np.sin, np.cos)
            g, q = (np.cosh, np.sinh) if n % 2 == 0 else (np.sinh, np.cosh)
            sign = -1 if n % 2 == 0 else 1
            f = [c(b*t), sign*b*o(b*t), -b*b*c(b*t)][d]
            e = [g(b*t), b*q(b*t), b*b*g(b*t)][d]
            return f/c(b/2) + e/g(b/2)
        s, w = np.polynomial.legendre.leggauss(60); s = (s+1)/2; w = w/2
        F = np.array([[X(n, s, d) for n in range(N)] for d in range(3)])
        I = lambda i, j: np.einsum('ns,ms,s->nm', F[i], F[j], w)
        one, BB, PB, SS, nu = np.eye(N), I(2, 2), I(0, 2), I(1, 1), p['nu']
        S = np.kron(BB, one) + np.kron(one, BB) + nu*(np.kron(PB.T, PB) + np.kron(PB, PB.T)) + 2*(1-nu)*np.kron(SS, SS)
        keep = [n for n in range(N*N) if n not in (1, N)]   # no rocking
        at = lambda r: np.kron([X(n, r[0], 0) for n in range(N)], [X(n, r[1], 0) for n in range(N)])[keep]
        m = p['rho']*p['h']*p['a']**2; phi = at(p['stem'])
        lam, V = sl.eigh(S[np.ix_(keep, keep)], np.eye(len(keep)) + p['Mms']/m*np.outer(phi, phi))
        om = np.sqrt(np.abs(lam[:K]))*np.sqrt(p['E']*p['h']**2/12/(1-nu**2)/p['rho'])/p['a']**2; om[0] = 0
        D, C = (phi @ V)[:K], (at(p['mic']) @ V)[:K]
        z0, z1 = p['zetas']; ze = np.concatenate([[0], z0*(z1/z0)**(np.arange(K-1)/(K-2))]); g = om/om[1]
        def slope(y, u):
            q, v = y[:K], y[K:2*K]; h, e, i, z, d = y[2*K:]
            x, xd, r = D @ q, D @ v, (D @ q/p['Xmax'])**2
            Bl = p['Bl']*(1 - p['fall']*r)
            force = Bl*i - p['Rms']*xd - p['Kms']*(1 + p['rise']*r)*x
            acc = D*force/m - 2*ze*om*v - om**2*q - p['alpha']*g*q*(g @ q**2)
            return np.concatenate([v, acc, [pi2*p['fh']*(u-h), pi2*p['fa']*(u-h-e), (e - p['Re']*i - Bl*xd)/p['Le'],
                pi2*p['fl']*(C @ v - z), pi2*p['fm']*(z-d)]])
        def heard(y): return p['sens']*(pi2*p['fl']*(C @ y[K:2*K] - y[-2]) - pi2*p['fm']*(y[-2] - y[-1]))
        y = np.zeros(2*K+5); T = 1/p['fs']; u = np.array(p['drive'])
        u = p['gain']*u/np.sqrt(1 + (u/p['clip'])**2)
        if p['method'] == 'expm':
            zero = np.zeros_like(y); base = slope(zero, 0)
            A = np.array([slope(col, 0) - base for col in np.eye(len(y))]).T
            M = np.zeros((len(y)+1,)*2); M[:-1, :-1] = A; M[:-1, -1] = slope(zero, 1) - base
            P = sl.expm(M*T)
        for volts in u:
            if p['method'] == 'expm': y = (P @ np.append(y, volts))[:-1]
            else: y = solve_ivp(lambda t, y: slope(y, volts), (0, T), y, method='DOP853', rtol=1e-9, atol=1e-14).y[:, -1]
            print(repr(float(heard(y))))
        """;
}
