using System;
using System.IO;
using System.Text;
using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>Small files of the chip's littlefs partition, which loses no more in a power cut than the file being written.</summary>
    public sealed class FlashFiles : IStorage
    {
        private const string Folder = "I:\\";

        /// <summary>Longer ones (packages) make room first: the drive holds two, not three.</summary>
        private const int LongBytes = 16 * 1024;

        public int Read(string name, byte[] into)
        {
            try
            {
                using (FileStream file = new FileStream(Folder + name, FileMode.Open, FileAccess.Read))
                {
                    int length = (int)file.Length;
                    int wanted = length < into.Length ? length : into.Length;
                    int got = 0;
                    while (got < wanted)
                    {
                        int more = file.Read(into, got, wanted - got);
                        if (more <= 0)
                        {
                            throw new IOException("The file " + name + " ended early.");
                        }

                        got += more;
                    }

                    return length;
                }
            }
            catch (IOException e) when (e.ErrorCode == IOException.IOExceptionErrorCode.FileNotFound)
            {
                // Only this says that there is none: File.Exists says so after every other failure, too.
                return -1;
            }
        }

        public bool Write(string name, byte[] data, int count)
        {
            try
            {
                if (count > LongBytes)
                {
                    MakeRoom(Folder + name);
                }

                using (FileStream file = new FileStream(Folder + name, FileMode.Create, FileAccess.Write))
                {
                    file.Write(data, 0, count);
                    file.Flush();
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private static void MakeRoom(string path)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception)
            {
                // Then there is less room; the write that follows says whether that was enough.
            }
        }

        /// <exception cref="ArgumentException">There is no such file; one sentence.</exception>
        public static string Required(string path)
        {
            string text = Text(path);
            if (text == null)
            {
                throw new ArgumentException("the file " + path + " is missing; firmware/README.md says what is in it.");
            }

            return text;
        }

        /// <summary>A whole text file, or null when there is none.</summary>
        public static string Text(string path)
        {
            if (!File.Exists(path))
            {
                return null;
            }

            byte[] bytes = File.ReadAllBytes(path);
            return Encoding.UTF8.GetString(bytes, 0, bytes.Length);
        }
    }
}
