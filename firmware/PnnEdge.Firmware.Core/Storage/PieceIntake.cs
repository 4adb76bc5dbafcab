using System;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Storage
{
    /// <summary>Pieces on their way into one buffer: in order, all of the same whole; what has come already is answered and not taken again.</summary>
    public sealed class PieceIntake
    {
        private readonly byte[] _buffer;
        private readonly uint _longestBytes;
        private uint _length;
        private uint _crc;
        private uint _held;

        /// <param name="longestBytes">Of a whole; the buffer may be longer.</param>
        public PieceIntake(byte[] buffer, int longestBytes)
        {
            _buffer = buffer;
            _longestBytes = (uint)longestBytes;
        }

        /// <summary>Bytes held, or what would be possible; valid after <see cref="Take"/>.</summary>
        public uint ValueSet { get; private set; }

        /// <summary>The newest piece was new: false for one that had come already, and for a refused one.</summary>
        public bool HasGrown { get; private set; }

        /// <summary>Everything has come: the whole stands at the buffer's beginning until the next piece.</summary>
        public bool IsWhole => _length != 0 && _held == _length;

        /// <summary>Of the whole, bytes.</summary>
        public int Length => (int)_length;

        public void Forget()
        {
            _length = 0;
            _held = 0;
        }

        public ProgramFlaw Take(byte[] frame)
        {
            HasGrown = false;
            uint offset = ProgramChunk.Offset(frame);
            bool isSame = ProgramChunk.Length(frame) == _length && ProgramChunk.ProgramCrc(frame) == _crc;
            if (offset == 0 && !isSame)
            {
                Forget();
                if (ProgramChunk.Length(frame) > _longestBytes)
                {
                    ValueSet = _longestBytes;
                    return ProgramFlaw.TooLong;
                }

                _length = ProgramChunk.Length(frame);
                _crc = ProgramChunk.ProgramCrc(frame);
                isSame = true;
            }

            ValueSet = _held;
            int count = ProgramChunk.Count(frame);
            if (isSame && offset + (uint)count <= _held)
            {
                return ProgramFlaw.None;
            }

            if (!isSame || offset != _held)
            {
                return ProgramFlaw.Chunk;
            }

            Array.Copy(frame, ProgramChunk.ContentAt, _buffer, (int)_held, count);
            _held += (uint)count;
            HasGrown = true;
            ValueSet = _held;
            return ProgramFlaw.None;
        }
    }
}
