namespace PnnEdge.Cli.Results;

/// <summary>The last line of a command with --json that could not do what was asked.</summary>
internal sealed record ErrorJson(string Error);
