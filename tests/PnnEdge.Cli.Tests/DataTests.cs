using System.Net;
using System.Security.Cryptography;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Data;
using PnnEdge.Cli.Rendering;
using PnnEdge.Training.Data;

namespace PnnEdge.Cli.Tests;

public sealed class DataTests
{
    private static readonly byte[] Content = "the data"u8.ToArray();

    private static readonly KnownFile Known = new(
        "test", "set/file.bin", Convert.ToHexStringLower(SHA256.HashData(Content)), new Uri("https://example.invalid/file.bin"), "a test");

    [Fact]
    public async Task A_fetched_file_lies_in_its_place_and_is_not_fetched_twice()
    {
        using var run = new CommandRun();
        DataFolder folder = DataFolder.Resolve(run.Folder, run.Folder);
        var server = new Server(Content);
        using var client = new HttpClient(server);
        var fetch = new DataFetch(client, folder, new QuietView(TextWriter.Null));
        await fetch.RunAsync(Known, CancellationToken.None);
        await fetch.RunAsync(Known, CancellationToken.None);
        Assert.Equal(Content, File.ReadAllBytes(folder.PathOf(Known)));
        Assert.Equal(1, server.Asked);
        Assert.Single(Directory.GetFiles(run.In("set")));
    }

    [Fact]
    public async Task Another_file_than_expected_is_refused_and_leaves_nothing()
    {
        using var run = new CommandRun();
        DataFolder folder = DataFolder.Resolve(run.Folder, run.Folder);
        using var client = new HttpClient(new Server("something else"u8.ToArray()));
        UserException refusal = await Assert.ThrowsAsync<UserException>(
            () => new DataFetch(client, folder, new QuietView(TextWriter.Null)).RunAsync(Known, CancellationToken.None));
        Assert.StartsWith("What https://example.invalid/file.bin sent is not set/file.bin: its SHA-256 is ", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(run.In("set")));
    }

    [Fact]
    public async Task Without_a_network_one_sentence_says_so()
    {
        using var run = new CommandRun();
        using var client = new HttpClient(new Server(null));
        UserException refusal = await Assert.ThrowsAsync<UserException>(() => new DataFetch(
            client, DataFolder.Resolve(run.Folder, run.Folder), new QuietView(TextWriter.Null)).RunAsync(Known, CancellationToken.None));
        Assert.Equal("https://example.invalid/file.bin could not be fetched: no route to anywhere.", refusal.Message);
    }

    [Fact]
    public async Task The_list_tells_intact_damaged_and_missing_files_apart()
    {
        using var run = new CommandRun();
        Directory.CreateDirectory(run.In("vowels"));
        File.WriteAllText(run.In("vowels", "vowels.csv"), "damaged");
        Assert.Equal(ExitCode.Done, await run.With("PNN_DATA", run.Folder).RunAsync("data", "list", "--json"));
        Assert.Equal(run.Folder, run.Json.GetProperty("folder").GetString());
        string?[] states = [.. run.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("state").GetString())];
        Assert.Equal(["wrong_checksum", "missing", "missing", "missing", "missing"], states);
    }

    private sealed class Server(byte[]? content) : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return content is null
                ? throw new HttpRequestException("no route to anywhere")
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) });
        }
    }
}
