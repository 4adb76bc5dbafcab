using System;
using System.Device.Gpio;
using nanoFramework.Hardware.Esp32;
using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Converters;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Drivers.Microchip;
using PnnEdge.Firmware.Drivers.TexasInstruments;
using PnnEdge.Firmware.Esp32.Boards;
using PnnEdge.Firmware.Esp32.Converters;
using PnnEdge.Firmware.Esp32.Native;

namespace PnnEdge.Firmware.Esp32
{
    /// <summary>A board by its name: its data, and its converters on its pins.</summary>
    public sealed class BoardParts
    {
        public readonly Board Board;
        public readonly IConverters Converters;

        /// <summary>What a program on its timer looks at; null on a board that has nothing.</summary>
        public readonly ILocalInput LocalInput;

        private BoardParts(Board board, IConverters converters, ILocalInput localInput)
        {
            Board = board;
            Converters = converters;
            LocalInput = localInput;
        }

        /// <exception cref="ArgumentException">No board has this name; one sentence.</exception>
        public static BoardParts Open(string name, uint serial, IEnableLine enable, IDeviceClock clock)
        {
            switch (name)
            {
                case BuiltInBoard.Name:
                    return BuiltIn(BuiltInBoard.Describe(serial), enable, clock);
                case SpiBoard.Name:
                    return Spi(SpiBoard.Describe(serial), enable, clock);
                case I2sBoard.Name:
                    return I2s(I2sBoard.Describe(serial), enable, clock);
                default:
                    throw new ArgumentException(
                        "There is no board '" + name + "': it is " + BuiltInBoard.Name + ", " + SpiBoard.Name + " or " + I2sBoard.Name + ".");
            }
        }

        private static BoardParts BuiltIn(Board board, IEnableLine enable, IDeviceClock clock) => new BoardParts(board, new WordConverters(
            board,
            new IWordOutput[] { new BuiltInDac(BuiltInBoard.DriveDacChannel) },
            new IWordInput[] { new BuiltInAdc(BuiltInBoard.NodeAdcChannel) },
            new IWordOutput[] { new BuiltInDac(BuiltInBoard.BiasDacChannel) },
            enable,
            clock), null);

        private static BoardParts Spi(Board board, IEnableLine enable, IDeviceClock clock)
        {
            Configuration.SetPinFunction(SpiBoard.DacClockPin, DeviceFunction.SPI1_CLOCK);
            Configuration.SetPinFunction(SpiBoard.DacDataPin, DeviceFunction.SPI1_MOSI);
            Configuration.SetPinFunction(SpiBoard.DacUnusedInputPin, DeviceFunction.SPI1_MISO);
            Configuration.SetPinFunction(SpiBoard.AdcClockPin, DeviceFunction.SPI2_CLOCK);
            Configuration.SetPinFunction(SpiBoard.AdcDataOutPin, DeviceFunction.SPI2_MOSI);
            Configuration.SetPinFunction(SpiBoard.AdcDataInPin, DeviceFunction.SPI2_MISO);
            Configuration.SetPinFunction(SpiBoard.BiasDataPin, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(SpiBoard.BiasClockPin, DeviceFunction.I2C1_CLOCK);
            Mcp4922 dac = new Mcp4922(new SpiPort(SpiBoard.DacBus, SpiBoard.DacSelectPin, Mcp4922.ClockHertz));
            Mcp3208 adc = new Mcp3208(new SpiPort(SpiBoard.AdcBus, SpiBoard.AdcSelectPin, Mcp3208.ClockHertz));
            Mcp4725 bias = new Mcp4725(new I2cPort(SpiBoard.BiasBus, Mcp4725.Address));
            IWordInput[] sensors = new IWordInput[SpiBoard.Sensors];
            for (int i = 0; i < sensors.Length; i++)
            {
                sensors[i] = new Mcp3208Input(adc, SpiBoard.FirstSensorAdcChannel + i);
            }

            WordConverters converters = new WordConverters(
                board,
                new IWordOutput[] { new Mcp4922Output(dac, SpiBoard.DriveDacChannel) },
                new IWordInput[] { new Mcp3208Input(adc, SpiBoard.NodeAdcChannel) },
                new IWordOutput[] { new Mcp4725Output(bias) },
                enable,
                clock);
            return new BoardParts(board, converters, new SensorInputs(sensors, Mcp3208.Bits));
        }

        private static BoardParts I2s(Board board, IEnableLine enable, IDeviceClock clock)
        {
            Configuration.SetPinFunction(I2sBoard.OutputBitClockPin, DeviceFunction.I2S1_BCK);
            Configuration.SetPinFunction(I2sBoard.OutputWordPin, DeviceFunction.I2S1_WS);
            Configuration.SetPinFunction(I2sBoard.OutputDataPin, DeviceFunction.I2S1_DATA_OUT);
            Configuration.SetPinFunction(I2sBoard.InputMasterClockPin, DeviceFunction.I2S2_MCK);
            Configuration.SetPinFunction(I2sBoard.InputBitClockPin, DeviceFunction.I2S2_BCK);
            Configuration.SetPinFunction(I2sBoard.InputWordPin, DeviceFunction.I2S2_WS);
            Configuration.SetPinFunction(I2sBoard.InputDataPin, DeviceFunction.I2S2_MDATA_IN);
            int blockFrames = StreamConverters.BlockBytes(board, I2sBoard.MaxRateMilliHertz, 1);
            I2sCodecs codecs = new I2sCodecs(I2sBoard.OutputBus, I2sBoard.InputBus, blockFrames, I2sBoard.PieceFrames);
            return new BoardParts(board, new StreamConverters(board, codecs, I2sBoard.PieceFrames, new IWordOutput[0], enable, clock), null);
        }
    }
}
