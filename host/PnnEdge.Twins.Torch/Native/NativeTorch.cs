using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace PnnEdge.Twins.Torch.Native;

/// <summary>Finds TorchSharp's native library and loads it: as it is wherever the loader takes it, else through <see cref="OlderRuntime"/>.</summary>
internal static class NativeTorch
{
    private const string Name = "LibTorchSharp";
    private static readonly string[] BelowIt = ["torch_cpu", "torch"];

    private static Assembly TorchSharpAssembly => typeof(torch).Assembly;

    public static string Rid { get; } =
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    private static string FileName => OperatingSystem.IsWindows() ? $"{Name}.dll" : OperatingSystem.IsMacOS() ? $"lib{Name}.dylib" : $"lib{Name}.so";

    /// <summary>Where the runtime looks for this program's native libraries.</summary>
    public static IReadOnlyList<string> Folders() =>
    [
        .. ((AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        Path.GetDirectoryName(TorchSharpAssembly.Location) is { Length: > 0 } beside ? beside : AppContext.BaseDirectory,
    ];

    /// <exception cref="TorchUnavailableException">There is none for this platform, or the loader refuses it.</exception>
    public static TorchLibrary Load(string rid, IReadOnlyList<string> folders, string cacheFolder)
    {
        // What TorchSharp's library stands on lies beside it, not beside an adapted copy, which finds it only because it is loaded already.
        foreach (string below in BelowIt) { NativeLibrary.TryLoad(below, TorchSharpAssembly, null, out _); }
        if (NativeLibrary.TryLoad(Name, TorchSharpAssembly, null, out _)) { return new TorchLibrary(Find(folders) ?? Name, Adapted: false); }

        string original = Require(rid, folders);
        string refusal = Refusal(original);
        byte[] bytes = File.ReadAllBytes(original);
        if (!OperatingSystem.IsLinux() || Adapted(original, bytes, refusal) is not byte[] adapted) { throw Refused(original, refusal); }
        string copy = AdaptedCopy.Write(cacheFolder, FileName, bytes, adapted);
        if (!NativeLibrary.TryLoad(copy, out nint handle)) { throw Refused(copy, $"{Refusal(copy)} (as it came: {refusal})"); }

        // Asked only where the runtime's own search has failed, as it just did.
        AssemblyLoadContext.GetLoadContext(TorchSharpAssembly)!.ResolvingUnmanagedDll += (_, name) => name == Name ? handle : 0;
        return new TorchLibrary(copy, Adapted: true);
    }

    /// <exception cref="TorchUnavailableException">No folder holds it: there is none for this platform.</exception>
    public static string Require(string rid, IReadOnlyList<string> folders) => Find(folders) ?? throw TorchUnavailableException.OnPlatform(rid);

    private static string? Find(IReadOnlyList<string> folders) => folders.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);

    private static byte[]? Adapted(string original, byte[] library, string refusal)
    {
        try
        {
            return OlderRuntime.Adapt(library);
        }
        catch (InvalidDataException notThisStep)
        {
            throw Refused(original, $"{refusal} ({notThisStep.Message})");
        }
    }

    private static string Refusal(string path)
    {
        try
        {
            NativeLibrary.Free(NativeLibrary.Load(path));
            return "it loads now";
        }
        catch (Exception refused) when (refused is DllNotFoundException or BadImageFormatException)
        {
            return refused.Message.Trim().Split('\n')[^1].Trim(); // the loader's own words; before them stands advice
        }
    }

    private static TorchUnavailableException Refused(string path, string why) =>
        new($"TorchSharp's native library {path} cannot be loaded here, and the managed engine goes on: {why}");
}

/// <param name="Path">What was loaded.</param>
/// <param name="Adapted">Whether it is a copy that an older C++ runtime takes.</param>
internal sealed record TorchLibrary(string Path, bool Adapted);
