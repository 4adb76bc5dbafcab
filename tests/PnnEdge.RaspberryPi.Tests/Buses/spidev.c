/* The kernel's side of spidev, by its own header: says what it was asked for, and answers as an MCP3208 whose conversions give 0x230, 0x231, … */
#include <linux/spi/spidev.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static char said[4096];

static void say(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    size_t length = strlen(said);
    vsnprintf(said + length, sizeof said - length, format, values);
    va_end(values);
}

const char *spidev_said(void) { return said; }

int ioctl(int device, unsigned long request, void *argument)
{
    (void)device;
    if (request == SPI_IOC_WR_MODE) { say("mode %d\n", *(unsigned char *)argument); return 0; }
    if (request == SPI_IOC_WR_BITS_PER_WORD) { say("bits %d\n", *(unsigned char *)argument); return 0; }
    if (request == SPI_IOC_WR_MAX_SPEED_HZ) { say("hertz %u\n", *(__u32 *)argument); return 0; }
    int transfers = (int)(_IOC_SIZE(request) / sizeof(struct spi_ioc_transfer)), bytes = 0;
    if (request != SPI_IOC_MESSAGE(transfers)) { say("unknown request %lx\n", request); return -1; }
    say("message of %d\n", transfers);
    for (int i = 0; i < transfers; i++)
    {
        struct spi_ioc_transfer *transfer = (struct spi_ioc_transfer *)argument + i;
        unsigned char *sent = (unsigned char *)(unsigned long)transfer->tx_buf, *got = (unsigned char *)(unsigned long)transfer->rx_buf;
        say("%u bytes %02X %02X %02X, %u Hz, %d bits, cs_change %d\n", transfer->len, sent[0], sent[1], sent[2], transfer->speed_hz, transfer->bits_per_word, transfer->cs_change);
        got[0] = 0xFF; got[1] = 0xE2; got[2] = (unsigned char)(0x30 + i);
        bytes += (int)transfer->len;
    }
    return bytes;
}
