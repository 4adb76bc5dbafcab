using System.Diagnostics.CodeAnalysis;
using PnnEdge.Twins.Torch.Native;

namespace PnnEdge.Twins.Torch;

/// <summary>The door to TorchSharp: loads its native library once, before the first TorchSharp call of the program.</summary>
/// <remarks>
/// On a Linux whose libstdc++ is older than GCC 13's, a slightly changed copy of TorchSharp's own library is loaded from the user's cache
/// folder; everywhere else the library is used as it is. Everything public here calls <see cref="Load"/> itself; a program that uses
/// TorchSharp before anything of PnnEdge calls it first.
/// </remarks>
public static class TorchEngine
{
    private static readonly Lock Gate = new();
    private static TorchLibrary? _library;
    private static TorchUnavailableException? _refusal;

    /// <param name="log">Told one sentence where the library had to be adapted.</param>
    /// <exception cref="TorchUnavailableException">There is no native library for this platform, or the loader refuses it.</exception>
    public static void Load(Action<string>? log = null)
    {
        if (Try() is not TorchLibrary library) { throw _refusal!.Again(); }
        if (library.Adapted) { log?.Invoke($"The C++ runtime here is older than TorchSharp's; loaded an adapted copy of its library, {library.Path}."); }
    }

    /// <param name="reason">One sentence; null where TorchSharp runs.</param>
    public static bool IsAvailable([NotNullWhen(false)] out string? reason)
    {
        reason = Try() is null ? _refusal!.Message : null;
        return reason is null;
    }

    /// <summary>Path of the native library in use, and whether it is an adapted copy.</summary>
    /// <exception cref="TorchUnavailableException">As <see cref="Load"/>.</exception>
    public static (string Path, bool Adapted) Library()
    {
        Load();
        return (_library!.Path, _library.Adapted);
    }

    private static TorchLibrary? Try()
    {
        lock (Gate)
        {
            if (_library is not null || _refusal is not null) { return _library; }
            try
            {
                string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
                return _library = NativeTorch.Load(NativeTorch.Rid, NativeTorch.Folders(), AdaptedCopy.CacheFolder(Environment.GetEnvironmentVariable("XDG_CACHE_HOME"), home));
            }
            catch (TorchUnavailableException refused)
            {
                _refusal = refused;
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                _refusal = new TorchUnavailableException($"TorchSharp's library has to be adapted to this machine and its copy cannot be written: {failed.Message}", failed);
            }

            return null;
        }
    }
}
