FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# Files that determine the packages come first: a change of code alone keeps this layer.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig BannedSymbols.txt ./
COPY src/Monarch.Contracts/*.csproj src/Monarch.Contracts/packages.lock.json src/Monarch.Contracts/
COPY src/Monarch.Redis/*.csproj src/Monarch.Redis/packages.lock.json src/Monarch.Redis/
COPY src/Monarch.Hosting/*.csproj src/Monarch.Hosting/packages.lock.json src/Monarch.Hosting/
COPY src/Monarch.Bridge/*.csproj src/Monarch.Bridge/packages.lock.json src/Monarch.Bridge/
COPY src/Monarch.Workers/*.csproj src/Monarch.Workers/packages.lock.json src/Monarch.Workers/
COPY src/Monarch.Sandbox/*.csproj src/Monarch.Sandbox/packages.lock.json src/Monarch.Sandbox/
COPY src/Monarch.Cli/*.csproj src/Monarch.Cli/packages.lock.json src/Monarch.Cli/
RUN dotnet restore src/Monarch.Cli/Monarch.Cli.csproj --locked-mode

COPY src/ src/
RUN dotnet publish src/Monarch.Cli/Monarch.Cli.csproj -c Release --no-restore -p:UseAppHost=false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
ENV MASSTRANSIT_USAGE_TELEMETRY=false
# Metrics and health; API and pages; Usher.
EXPOSE 8080 8081 8000
# A named volume inherits the owner of the folder that it is mounted on.
RUN mkdir /messages && chown $APP_UID:$APP_UID /messages
USER $APP_UID
ENTRYPOINT ["dotnet", "monarch.dll"]
CMD ["serve"]
