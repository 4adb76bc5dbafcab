using System.Text;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Wire.Programs
{
    /// <summary>Where in a firmware package each part stands; read only after its seal was found good.</summary>
    public sealed class FirmwareLayout
    {
        private const int LengthBytes = 4;
        private byte[] _package;
        private int _lengthsAt;
        private int _firstAt;

        public string Board = string.Empty;
        public string Version = string.Empty;
        public int ProtocolNumber;
        public uint ProtocolHash;

        /// <summary>In load order.</summary>
        public int Assemblies;

        /// <param name="package">Kept; at least <paramref name="length"/> long.</param>
        /// <param name="length">Of the package, bytes, the seal included.</param>
        public ProgramFlaw Read(byte[] package, int length)
        {
            if (length < FirmwareHeader.FixedBytes + ProgramSeal.Bytes || Bytes.GetUInt32(package, FirmwareHeader.MagicAt) != FirmwareHeader.Magic)
            {
                return ProgramFlaw.Shape;
            }

            if (Bytes.GetUInt16(package, FirmwareHeader.FormatAt) != FirmwareHeader.Format)
            {
                return ProgramFlaw.Format;
            }

            int board = package[FirmwareHeader.BoardLengthAt];
            int version = package[FirmwareHeader.VersionLengthAt];
            Assemblies = Bytes.GetUInt16(package, FirmwareHeader.AssembliesAt);
            if (Bytes.GetUInt32(package, FirmwareHeader.LengthAt) != (uint)length || Assemblies < 1 || Assemblies > FirmwareHeader.MaxAssemblies ||
                board < 1 || board > FirmwareHeader.MaxTextBytes || version < 1 || version > FirmwareHeader.MaxTextBytes)
            {
                return ProgramFlaw.Shape;
            }

            _package = package;
            _lengthsAt = FirmwareHeader.TextAt + board + version;
            _firstAt = _lengthsAt + (LengthBytes * Assemblies);
            if (!AssembliesFill(length - ProgramSeal.Bytes))
            {
                return ProgramFlaw.Shape;
            }

            Board = Encoding.UTF8.GetString(package, FirmwareHeader.TextAt, board);
            Version = Encoding.UTF8.GetString(package, FirmwareHeader.TextAt + board, version);
            ProtocolNumber = Bytes.GetUInt16(package, FirmwareHeader.ProtocolNumberAt);
            ProtocolHash = Bytes.GetUInt32(package, FirmwareHeader.ProtocolHashAt);
            return ProgramFlaw.None;
        }

        /// <summary>A copy of one assembly, as long as it is: what an interpreter that loads it keeps.</summary>
        public byte[] Assembly(int index)
        {
            int at = _firstAt;
            for (int i = 0; i < index; i++)
            {
                at += AssemblyBytes(i);
            }

            byte[] assembly = new byte[AssemblyBytes(index)];
            System.Array.Copy(_package, at, assembly, 0, assembly.Length);
            return assembly;
        }

        public int AssemblyBytes(int index) => (int)Bytes.GetUInt32(_package, _lengthsAt + (LengthBytes * index));

        /// <summary>No byte between header and seal is in no assembly, and none in two.</summary>
        private bool AssembliesFill(int end)
        {
            long at = _firstAt;
            for (int i = 0; i < Assemblies && at <= end; i++)
            {
                uint length = Bytes.GetUInt32(_package, _lengthsAt + (LengthBytes * i));
                if (length == 0)
                {
                    return false;
                }

                at += length;
            }

            return at == end;
        }
    }
}
