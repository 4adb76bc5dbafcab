namespace PnnEdge.Cli.Commands;

/// <summary>What was asked is not possible. The message is one sentence for the person who asked.</summary>
public sealed class UserException : Exception
{
    public UserException(string message, bool isUsage = false) : base(message) => IsUsage = isUsage;

    public UserException(string message, Exception inner) : base(message, inner) { }

    /// <summary>The command line itself is wrong, whatever the machine.</summary>
    public bool IsUsage { get; }
}
