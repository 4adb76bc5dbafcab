using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Safety;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Run
{
    /// <summary>The parameter sets that came, and which of them the actuators hold.</summary>
    public sealed class ActuatorSets
    {
        private readonly ActuatorBanks _banks;
        private readonly ParameterStore _store;
        private int _appliedSlot = ParameterStore.Missing;

        /// <summary>Meaning by reason: see WIRE.md; valid after a refusal.</summary>
        public uint Detail;

        public ActuatorSets(Board board, IConverters converters)
        {
            _banks = new ActuatorBanks(board.OfRole(ChannelRole.Actuator), converters);
            _store = new ParameterStore(board.ParameterSets, board.Count(ChannelRole.Actuator));
        }

        /// <summary>Values of a set.</summary>
        public int Count => _banks.Count;

        /// <summary>A new epoch starts with no set.</summary>
        public void Forget()
        {
            _store.Clear();
            _appliedSlot = ParameterStore.Missing;
        }

        /// <summary>The converters were made safe: what the actuators hold is their safe values.</summary>
        public void OutputsWereMadeSafe()
        {
            _banks.AtSafeValues();
            _appliedSlot = ParameterStore.Missing;
        }

        /// <param name="hash">CRC-32 of the payload as received.</param>
        public RefusalReason Take(byte[] frame, uint hash)
        {
            Detail = 0;
            if (FrameHeader.ParameterHash(frame) != hash)
            {
                Detail = hash;
                return RefusalReason.WrongParameterHash;
            }

            if (ParameterFrame.Count(frame) != _banks.Count)
            {
                Detail = (uint)_banks.Count;
                return RefusalReason.WrongLength;
            }

            RefusalReason range = _banks.CheckRange(frame);
            if (range != RefusalReason.Accepted)
            {
                Detail = (uint)_banks.RefusedIndex;
                return range;
            }

            uint version = FrameHeader.ParameterVersion(frame);
            int old = _store.Find(version);
            if (old != ParameterStore.Missing && _store.Hash(old) != hash)
            {
                // One version, one meaning: otherwise an answer could not say which set it was played with.
                Detail = _store.Hash(old);
                return RefusalReason.WrongParameterHash;
            }

            if (old == ParameterStore.Missing)
            {
                int slot = _store.Put(version, hash, frame);
                if (slot == _appliedSlot)
                {
                    _appliedSlot = ParameterStore.Missing;
                }
            }

            return RefusalReason.Accepted;
        }

        /// <summary>Slot of the set that a stimulus names, or <see cref="ParameterStore.Missing"/>.</summary>
        public int SlotOf(byte[] frame) => _store.Find(FrameHeader.ParameterVersion(frame));

        /// <summary>Is it the set that the stimulus means, and may the actuators take it in one step?</summary>
        public RefusalReason Check(byte[] frame, int slot)
        {
            Detail = 0;
            if (slot == ParameterStore.Missing)
            {
                return RefusalReason.UnknownParameters;
            }

            if (_store.Hash(slot) != FrameHeader.ParameterHash(frame))
            {
                Detail = _store.Hash(slot);
                return RefusalReason.WrongParameterHash;
            }

            RefusalReason verdict = _banks.CheckStep(_store.Volts(slot));
            if (verdict != RefusalReason.Accepted)
            {
                Detail = ReplyFrame.ActuatorDetailFlag | (uint)_banks.RefusedIndex;
            }

            return verdict;
        }

        public bool IsApplied(int slot) => slot == _appliedSlot;

        /// <summary>Sets every output; None, or the fault of the first that did not take its value.</summary>
        public FaultCode Apply(int slot)
        {
            FaultCode fault = _banks.Apply(_store.Volts(slot));
            if (fault == FaultCode.None)
            {
                _appliedSlot = slot;
            }

            return fault;
        }

        /// <summary>The actuator that failed; valid after <see cref="Apply"/> named a fault.</summary>
        public int FailedIndex => _banks.RefusedIndex;

        public float Volts(int slot, int index) => _store.Volts(slot)[index];

        /// <summary>The upper limit of one value, V.</summary>
        public float LimitVolts(int index) => _banks.LimitVolts(index);

        public string NameOf(int index) => _banks.NameOf(index);
    }
}
