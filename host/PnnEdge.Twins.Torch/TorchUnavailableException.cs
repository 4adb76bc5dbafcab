namespace PnnEdge.Twins.Torch;

/// <summary>TorchSharp cannot run here. The message is one sentence; nothing else of PnnEdge needs TorchSharp.</summary>
public sealed class TorchUnavailableException : Exception
{
    public TorchUnavailableException(string message) : base(message) { }

    public TorchUnavailableException(string message, Exception inner) : base(message, inner) { }

    /// <summary>No package has one for this platform; otherwise there is one, and the loader refused it.</summary>
    public bool NoLibraryForPlatform { get; private init; }

    /// <param name="rid">Such as <c>linux-arm64</c>.</param>
    internal static TorchUnavailableException OnPlatform(string rid) =>
        new($"TorchSharp has no native library for {rid}; the managed engine goes on.") { NoLibraryForPlatform = true };

    /// <summary>The same refusal for a later caller, with a stack of its own.</summary>
    internal TorchUnavailableException Again() => new(Message, this) { NoLibraryForPlatform = NoLibraryForPlatform };
}
