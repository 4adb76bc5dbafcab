using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Update
{
    /// <summary>Which firmware this start is of, as the loader chose it.</summary>
    public sealed class BootInfo
    {
        /// <summary>In place of a slot: what was flashed.</summary>
        public const int FactorySlot = -1;

        public readonly int Slot;

        /// <summary>Of the package in the slot; 0 for the factory's.</summary>
        public readonly uint Generation;

        /// <summary>A package that is there was given up after its starts.</summary>
        public readonly bool HasGivenUp;

        /// <summary>Has said once, in this start or an earlier one, that it works.</summary>
        public bool IsConfirmed;

        public BootInfo(int slot, uint generation, bool isConfirmed, bool hasGivenUp)
        {
            Slot = slot;
            Generation = generation;
            IsConfirmed = isConfirmed;
            HasGivenUp = hasGivenUp;
        }

        public bool IsFactory => Slot == FactorySlot;

        public BootState State
        {
            get
            {
                if (IsFactory)
                {
                    return HasGivenUp ? BootState.SafeMode : BootState.Factory;
                }

                BootState first = IsConfirmed ? BootState.SlotA : BootState.TrialA;
                return (BootState)((int)first + Slot);
            }
        }

        public static BootInfo Factory(bool hasGivenUp) => new BootInfo(FactorySlot, 0, true, hasGivenUp);
    }
}
