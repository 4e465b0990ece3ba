using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MailDashboard.Checks.Spf;

/// <summary>An address with a prefix length. IPv4 and IPv6 never match each other (RFC 7208 §5).</summary>
/// <param name="Bits">The address as a number; IPv4 in the low 32 bits. Host bits are kept as they were written.</param>
/// <param name="PrefixLength">0 to 32, or 0 to 128.</param>
/// <param name="IsIPv6">The family.</param>
public readonly record struct SpfNetwork(UInt128 Bits, byte PrefixLength, bool IsIPv6)
{
    /// <summary>A single address.</summary>
    public bool IsSingleAddress => PrefixLength == Width;

    /// <summary>Bits are set behind the prefix: <c>192.0.2.1/24</c>.</summary>
    public bool HasHostBits => !IsSingleAddress && (Bits & HostMask) != 0;

    /// <summary>The address as written, without the prefix length.</summary>
    public IPAddress Address => ToAddress(Bits, IsIPv6);

    /// <summary>The network as it should be written: <c>192.0.2.0/24</c>.</summary>
    public string WithoutHostBits()
    {
        var shift = Width - PrefixLength;
        var bits = shift == 128 ? 0 : Bits >> shift << shift;
        return $"{ToAddress(bits, IsIPv6)}/{PrefixLength}";
    }

    private int Width => IsIPv6 ? 128 : 32;

    // A shift by the whole width of the type would be a shift by zero.
    private UInt128 HostMask => Width - PrefixLength == 128 ? UInt128.MaxValue : (UInt128.One << (Width - PrefixLength)) - 1;

    /// <summary>A network of one address; an IPv4-mapped IPv6 address is IPv4.</summary>
    public static SpfNetwork Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            address.TryWriteBytes(bytes, out _);
            return new SpfNetwork(BinaryPrimitives.ReadUInt32BigEndian(bytes), 32, IsIPv6: false);
        }

        address.TryWriteBytes(bytes, out _);
        var bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return bits >> 32 == 0xFFFF ? new SpfNetwork((uint)bits, 32, IsIPv6: false) : new SpfNetwork(bits, 128, IsIPv6: true);
    }

    /// <summary>Whether an address, given as its own network, lies inside.</summary>
    public bool Contains(in SpfNetwork address) =>
        IsIPv6 == address.IsIPv6 && AgreeOn(Bits, address.Bits, PrefixLength);

    /// <summary>Whether two addresses of one family agree on their first bits.</summary>
    public bool AgreesWith(in SpfNetwork other, int prefixLength) =>
        IsIPv6 == other.IsIPv6 && AgreeOn(Bits, other.Bits, prefixLength);

    // Again the shift by the whole width, hence the first case.
    private bool AgreeOn(UInt128 left, UInt128 right, int prefixLength) =>
        prefixLength == 0 || (left ^ right) >> (Width - prefixLength) == 0;

    private static IPAddress ToAddress(UInt128 bits, bool isIPv6)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        return new IPAddress(isIPv6 ? bytes : bytes[12..]);
    }
}
