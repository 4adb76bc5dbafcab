using System.Diagnostics;

namespace PnnEdge.EndToEnd.Tests.Arm64;

/// <summary><c>pnn</c> as published for linux-arm64, on an emulated processor; <c>Arm64/prepare.sh</c> makes both.</summary>
internal static class Arm64Command
{
    // Beside artifacts/bin, from which the tests run.
    private static readonly string Folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "arm64"));
    private static readonly string Sysroot = Path.Combine(Folder, "sysroot"), Published = Path.Combine(Folder, "pnn");

    // Emulated, a second takes ten to thirty.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Why it cannot run here, in words; null where it can.</summary>
    public static string? Missing()
    {
        if (Emulator() is null) { return "qemu-aarch64-static not installed"; }
        if (!File.Exists(Path.Combine(Sysroot, "complete")) || !File.Exists(Path.Combine(Published, "pnn"))) { return "artifacts/arm64 not installed (Arm64/prepare.sh makes it)"; }
        return Array.TrueForAll(Directory.GetFiles(Published, "PnnEdge.*.dll"), IsHere) ? null : "artifacts/arm64 is of another build (Arm64/prepare.sh makes it anew)";
    }

    public static PnnProcess Start(string folder, params string[] arguments)
    {
        var emulated = new ProcessStartInfo(Emulator()!, ["-L", Sysroot, Path.Combine(Published, "pnn")]);

        // The emulator notices new machine code only when it is written where it runs; by default .NET writes it through a second mapping of the same memory,
        // and the emulator goes on with the old code.
        emulated.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return PnnProcess.Start(folder, emulated, Limit, arguments);
    }

    private static bool IsHere(string path)
    {
        string ours = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(path));
        return File.Exists(ours) && File.ReadAllBytes(ours).AsSpan().SequenceEqual(File.ReadAllBytes(path));
    }

    private static string? Emulator() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "qemu-aarch64-static")).FirstOrDefault(File.Exists);
}
