namespace PnnEdge.Cli.Commands;

/// <summary>A run was interrupted and kept; the message says how to go on.</summary>
public sealed class InterruptedRunException(string message, Exception inner) : OperationCanceledException(message, inner);
