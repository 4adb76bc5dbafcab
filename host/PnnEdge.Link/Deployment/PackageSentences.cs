using PnnEdge.Link.Transport;
using PnnEdge.Training.Systems;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Deployment;

/// <summary>What a device's no to a firmware package means: asked, possible, unit, in one sentence. Its firmware is as it was.</summary>
internal static class PackageSentences
{
    public static PhysicalSystemException Refused(DeviceAddress device, FirmwarePackage package, byte[] reply)
    {
        if (ReplyFrame.Reason(reply) == RefusalReason.WrongTag)
        {
            return new($"Device {device} has another key than the one this package is sealed under; pack it again with the device's own --key-file.");
        }

        if (ReplyFrame.Reason(reply) != RefusalReason.ProgramRefused)
        {
            return new($"Device {device} refused the package: {ReplyFrame.Reason(reply)} (detail {ReplyFrame.Detail(reply)}).");
        }

        uint possible = ReplyFrame.ValueSet(reply);
        return new((ProgramFlaw)ReplyFrame.Detail(reply) switch
        {
            ProgramFlaw.NoKey => $"Device {device} has no key, and takes no firmware; it is given one when it is set up.",
            ProgramFlaw.TooLong when possible == 0 => $"Device {device} takes no firmware over the link: it cannot, or has too little memory to run any from there.",
            ProgramFlaw.TooLong => $"This package has {package.Bytes.Length} bytes; device {device} takes at most {possible}.",
            ProgramFlaw.Memory => $"Device {device} has no room in its memory for a package just now.",
            ProgramFlaw.Storage => $"Device {device} could not store the package; the firmware before still runs.",
            ProgramFlaw.Board => $"This package is for boards named {package.Board}, which device {device} is not.",
            ProgramFlaw.Protocol => $"This package speaks protocol {package.ProtocolNumber}; device {device} speaks {possible}, and takes no other over the link.",
            ProgramFlaw.OnTrial => $"Device {device} runs firmware that has not confirmed itself yet; it takes another once that has, or was given up.",
            ProgramFlaw.Format => $"Device {device} reads packages of format {possible}; this host writes another.",
            ProgramFlaw.WrongCrc => $"The package did not arrive at device {device} as it was sent; send it again.",
            ProgramFlaw flaw => $"Device {device} refused the package: {flaw} (possible {possible}).",
        });
    }
}
