using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Monarch.Hosting.Http;

/// <summary>The keys of cookies and anti-forgery tokens in memory: after a restart people sign in again.</summary>
sealed class InMemoryKeyRing : IXmlRepository
{
    readonly Lock _lock = new();
    readonly List<XElement> _elements = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock)
        {
            return [.. _elements.Select(element => new XElement(element))];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_lock)
        {
            _elements.Add(new(element));
        }
    }
}
