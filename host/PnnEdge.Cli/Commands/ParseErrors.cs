using System.CommandLine;
using System.CommandLine.Parsing;

namespace PnnEdge.Cli.Commands;

/// <summary>The first thing wrong with a command line, as one sentence: what was asked, what is possible.</summary>
internal static class ParseErrors
{
    public static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string path = PathOf(parsed.CommandResult);
        // A mistyped option lands in the command's argument when that is free.
        string? strange = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens).OrderByDescending(token => token.StartsWith('-')).FirstOrDefault(token => token.StartsWith('-') || parsed.UnmatchedTokens.Contains(token));
        if (strange is not null)
        {
            return Unmatched(strange, command, path, OptionsOf(parsed.CommandResult));
        }

        ParseError error = parsed.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0, IdentifierToken: not null } option => $"Option {option.IdentifierToken.Value} needs a value.",
            OptionResult { Tokens.Count: > 1, Option.Arity.MaximumNumberOfValues: 1 } option =>
                $"Option {option.Option.Name} was given {option.Tokens.Count} values; it takes one.",
            CommandResult when command.Subcommands.Count > 0 => $"'{path}' needs a command: {Names(command)}.",
            ArgumentResult { Tokens.Count: 0 } argument => $"'{path}' needs {argument.Argument.Name}; '{path} --help' says more.",
            CommandResult => $"'{path}' lacks an argument; '{path} --help' lists them.",
            _ => Sentence.Finished(error.Message),
        };
    }

    private static string Unmatched(string token, Command command, string path, IReadOnlyList<string> options)
    {
        if (token.StartsWith('-'))
        {
            string name = token.Split('=')[0];
            string? near = options.OrderBy(option => Distance(option, name)).FirstOrDefault(option => Distance(option, name) <= 2);
            return $"There is no option {name} for '{path}'{(near is null ? string.Empty : $"; did you mean {near}?")}{(near is null ? $"; '{path} --help' lists them." : string.Empty)}";
        }

        return command.Subcommands.Count > 0
            ? $"There is no command '{token}' for '{path}'; there are {Names(command)}."
            : $"'{token}' is one argument too many for '{path}'; '{path} --help' lists what it takes.";
    }

    private static string Names(Command command) => string.Join(", ", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name));

    private static string PathOf(CommandResult result)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = result; at is not null; at = at.Parent)
        {
            if (at is CommandResult one) { names.Push(one.Command is RootCommand ? "pnn" : one.Command.Name); }
        }

        return string.Join(' ', names);
    }

    private static List<string> OptionsOf(CommandResult result)
    {
        List<string> names = [.. result.Command.Options.Where(option => !option.Hidden).Select(option => option.Name)];
        for (SymbolResult? at = result.Parent; at is not null; at = at.Parent)
        {
            if (at is CommandResult above) { names.AddRange(above.Command.Options.Where(option => option.Recursive).Select(option => option.Name)); }
        }

        return names;
    }

    // Edits between two names (Levenshtein).
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
