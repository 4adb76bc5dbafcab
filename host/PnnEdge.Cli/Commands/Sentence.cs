using System.Net.Sockets;
using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Commands;

/// <summary>One sentence for a person out of whatever went wrong.</summary>
internal static class Sentence
{
    public static string Of(Exception e) => e switch
    {
        AggregateException { InnerExceptions.Count: > 0 } many => Of(many.InnerExceptions[0]),
        UserException or PhysicalSystemException or InvalidDataException or FileNotFoundException or FormatException => Finished(e.Message),
        ArgumentException argument => Finished(WithoutParameter(argument)),
        UnauthorizedAccessException or IOException or SocketException or HttpRequestException => Finished(e.Message),
        _ => Finished($"{e.Message.TrimEnd('.')} (unexpected {e.GetType().Name}; --debug shows where)"),
    };

    /// <summary>One line, ending as a sentence does.</summary>
    public static string Finished(string text)
    {
        string line = string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length == 0 ? "Something failed and did not say what." : line[^1] is '.' or '?' or '!' ? line : line + ".";
    }

    // .NET adds the parameter's name and the value on a second line; neither says anything to the person who typed an option.
    private static string WithoutParameter(ArgumentException e)
    {
        string text = e.Message;
        int at = e.ParamName is null ? -1 : text.IndexOf($" (Parameter '{e.ParamName}')", StringComparison.Ordinal);
        return at < 0 ? text : text[..at];
    }
}
