using System.Net.Sockets;
using System.Security.Cryptography;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Rendering;
using PnnEdge.Training.Data;

namespace PnnEdge.Cli.Data;

/// <summary>Fetches a data file, checks it, and only then puts it in its place.</summary>
internal sealed class DataFetch(HttpClient client, DataFolder folder, IProgressView view)
{
    private const int BufferBytes = 64 * 1024;
    private const long LargestBytes = 1L << 30;

    /// <exception cref="UserException">No address, no network, another file than expected, or a folder that cannot be written.</exception>
    public async Task RunAsync(KnownFile file, CancellationToken cancellation)
    {
        if (folder.StateOf(file) == FileState.Present) { return; }
        string path = folder.PathOf(file);
        if (file.Source is null)
        {
            throw new UserException($"{file.RelativePath} has no address to fetch it from; put the {file.Origin}, at {path}.");
        }

        string partial = path + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            string found = await DownloadAsync(file, partial, cancellation);
            if (found != file.Sha256)
            {
                throw new UserException($"What {file.Source} sent is not {file.RelativePath}: its SHA-256 is {found}, not {file.Sha256}.");
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (HttpRequestException e)
        {
            throw new UserException($"{file.Source} could not be fetched: {Cause(e)}.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UserException($"The data folder {folder.Root} cannot be written: {e.Message.TrimEnd('.')}.", e);
        }
        catch (IOException e)
        {
            throw new UserException($"{file.RelativePath} could not be fetched to {path}: {e.Message.TrimEnd('.')}.", e);
        }
        finally
        {
            if (File.Exists(partial)) { File.Delete(partial); }
        }
    }

    private async Task<string> DownloadAsync(KnownFile file, string partial, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await client.GetAsync(file.Source, HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        long stated = response.Content.Headers.ContentLength ?? 0, done = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using Stream from = await response.Content.ReadAsStreamAsync(cancellation);
        await using FileStream into = File.Create(partial);
        byte[] buffer = new byte[BufferBytes];
        for (int read; (read = await from.ReadAsync(buffer, cancellation)) > 0;)
        {
            done += read;
            if (done > LargestBytes) { throw new UserException($"{file.Source} goes on beyond {LargestBytes} bytes; that is not {file.RelativePath}."); }
            hash.AppendData(buffer, 0, read);
            await into.WriteAsync(buffer.AsMemory(0, read), cancellation);
            view.Report(new StageProgress(null, file.RelativePath, (int)(done / 1024), (int)Math.Max(Math.Max(stated, done) / 1024, 1), $"{done / 1e6:F1} MB", double.NaN));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Cause(HttpRequestException e) => e switch
    {
        { StatusCode: { } status } => $"the server answered {(int)status} ({status})",
        { InnerException: SocketException socket } => socket.Message.TrimEnd('.'),
        _ => e.Message.TrimEnd('.'),
    };
}
