using System;
using System.Reflection;
using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Firmware.Esp32.Boards;
using PnnEdge.Firmware.Esp32.Connection;
using PnnEdge.Firmware.Esp32.Native;

namespace PnnEdge.Firmware.Esp32
{
    /// <summary>
    /// The loader: an update from flash, or this very firmware as it was flashed. It touches no pin: whoever drives them opens them, and until then the
    /// pull-down keeps the enable line low.
    /// </summary>
    public static class Program
    {
        public static void Main()
        {
            BootInfo boot;
            MethodInfo start = Choose(out boot);
            if (start == null)
            {
                Application.Start(BootInfo.FactorySlot, 0, true, boot.HasGivenUp);
                return;
            }

            try
            {
                start.Invoke(null, new object[] { boot.Slot, (int)boot.Generation, boot.IsConfirmed, boot.HasGivenUp });
            }
            catch (Exception e)
            {
                Console.WriteLine("the update does not start: " + e.Message);
            }

            new ChipRestart().Restart();
        }

        /// <summary>Null for what was flashed. Starts anew when a package that was counted cannot be loaded: what is half loaded stays in the interpreter.</summary>
        private static MethodInfo Choose(out BootInfo boot)
        {
            boot = BootInfo.Factory(false);
            BootChooser chooser;
            try
            {
                Settings settings = Settings.Parse(FlashFiles.Required(Settings.Path));
                Board board = new Board { Name = settings.Board, FirmwareVersion = CommonPins.FirmwareVersion, UpdateBytes = PackageLoader.LongestPackageBytes() };
                chooser = new BootChooser(board, new FlashFiles(), new ChipCrc32(), new ChipMac());
            }
            catch (Exception)
            {
                // Without settings no package can be this board's; what was flashed says which file is missing.
                return null;
            }

            boot = chooser.Choose();
            if (chooser.Package == null)
            {
                return null;
            }

            try
            {
                return PackageLoader.Load(chooser.Package);
            }
            catch (Exception e)
            {
                Console.WriteLine("the update cannot be loaded: " + e.Message);
                chooser.Doubt(boot);
                new ChipRestart().Restart();
                throw;
            }
        }
    }
}
