using System;
using System.Device.Gpio;
using System.Threading;
using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Firmware.Esp32.Boards;
using PnnEdge.Firmware.Esp32.Connection;
using PnnEdge.Firmware.Esp32.Native;

namespace PnnEdge.Firmware.Esp32
{
    /// <summary>The firmware: outputs safe first, then the loop and its watchdog, then the network. Flashed or loaded, it starts here.</summary>
    public static class Application
    {
        private const int SuperviseMillis = 1000;

        /// <summary>
        /// A loop that does not come round for so long will not: the outputs have been safe since the watchdog bit. This stands in for a hardware
        /// watchdog, which the interpreter does not switch on or hand out (sdkconfig: CONFIG_ESP_TASK_WDT_INIT=n); the monostable is the one outside.
        /// </summary>
        private const int StuckSeconds = 30;

        /// <summary>
        /// What a loader calls by name, of whatever version it is: name, place and parameters stay as they are. Comes back with an exception only
        /// from firmware on trial: then the loader starts the device anew.
        /// </summary>
        /// <param name="slot">-1 for what was flashed.</param>
        public static void Start(int slot, int generation, bool isConfirmed, bool hasGivenUp)
        {
            GpioController gpio = new GpioController();
            EnablePin enable = new EnablePin(gpio, CommonPins.Enable);
            try
            {
                Run(gpio, enable, new BootInfo(slot, (uint)generation, isConfirmed, hasGivenUp));
            }
            catch (Exception e)
            {
                enable.Release();
                Console.WriteLine("PnnEdge does not start: " + e.GetType().FullName + ": " + e.Message);
                if (!isConfirmed)
                {
                    throw;
                }

                Thread.Sleep(Timeout.Infinite);
            }
        }

        private static void Run(GpioController gpio, EnablePin enable, BootInfo boot)
        {
            Settings settings = Settings.Parse(FlashFiles.Required(Settings.Path));
            ChipClock clock = new ChipClock();
            FlashFiles storage = new FlashFiles();
            BoardParts parts = BoardParts.Open(settings.Board, settings.Serial, enable, clock);
            parts.Board.UpdateBytes = PackageLoader.LongestPackageBytes();
            ChipCrc32 crc = new ChipCrc32();
            ChipMac mac = new ChipMac();
            MqttLink link = new MqttLink(settings.Site, settings.Device, new FrameInbox(parts.Board.Window() + 2));
            DeviceLoop loop = new DeviceLoop(
                parts.Board,
                parts.Converters,
                new ChipHealth(new InterlockPin(gpio, CommonPins.Interlock), clock),
                link,
                clock,
                storage,
                crc,
                BootIds.Next(storage, crc, clock.Micros()),
                mac,
                parts.LocalInput,
                new UpdateShelf(parts.Board, storage, crc, mac, boot, new ChipRestart()));
            new DeviceThreads(loop, parts.Board, parts.Converters, clock).Start();
            Console.WriteLine("PnnEdge " + parts.Board.FirmwareVersion + " on " + parts.Board.Name + ", boot " + loop.BootId.ToString());
            new BrokerThread(settings, link, loop.Log, clock, settings.Tls ? Credentials.Read() : new Credentials(), loop.DialTurn).Start();
            StartSetup(parts.Board, settings.Device, loop.Log, clock);
            Supervise(loop);
        }

        /// <summary>A board without a line to be set up by is a board all the same.</summary>
        private static void StartSetup(Board board, string device, DeviceLog log, IDeviceClock clock)
        {
            try
            {
                new Thread(new Setup(board, device, log, clock).Serve).Start();
            }
            catch (Exception e)
            {
                log.Write(clock.Millis(), "no setup line: " + e.Message);
            }
        }

        private static void Supervise(DeviceLoop loop)
        {
            int stuck = 0;
            while (stuck < StuckSeconds)
            {
                Thread.Sleep(SuperviseMillis);
                stuck = loop.Watchdog.HasBitten() ? stuck + 1 : 0;
            }

            new ChipRestart().Restart();
        }
    }
}
